using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Network;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The PC's sockets and TLS, as far as the simulated Wi-Fi lets them through.</summary>
internal sealed class SimulatedSockets : ISocketLayer
{
    private const int Backlog = 128;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedAccessPoint? _accessPoint;

    public SimulatedSockets(SimulatedNetwork network, SimulatedAccessPoint? accessPoint = null)
    {
        _network = network;
        _accessPoint = accessPoint;
    }

    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        CancellationToken link = _network.GetLink();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(link);
        bound.CancelAfter(timeoutMilliseconds);
        try
        {
            socket.ConnectAsync(endPoint, bound.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new SocketException((int)(link.IsCancellationRequested ? SocketError.NetworkUnreachable : SocketError.TimedOut));
        }

        _network.Track(socket, link);
    }

    public Stream Authenticate(Socket socket, string host, string? caPem)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            // Synchronous, so that the socket's own timeouts bound the handshake.
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = caPem is null ? null : Trust(caPem),
            });
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public bool HasArrived(Socket socket, Stream stream) => socket.Poll(0, SelectMode.SelectRead);

    public Socket Listen(string address, int port, int backlog)
    {
        if (_accessPoint is { IsOpen: true })
        {
            return _accessPoint.Listen(Math.Max(backlog, Backlog));
        }

        CancellationToken link = _network.GetLink();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));

            // The PC's own: where a device's network refuses a connection that finds no room, a PC drops it without a word,
            // and the client tries again only after a second.
            socket.Listen(Math.Max(backlog, Backlog));
            _network.TrackListener(socket, link);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static X509ChainPolicy Trust(string caPem)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPem(caPem);
        return policy;
    }
}
