using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The PC's sockets and TLS, as far as the simulated Wi-Fi lets them through.</summary>
internal sealed class SimulatedSockets : ISocketLayer
{
    private const int Backlog = 128;

    // As on a device.
    private const int KeepAliveSeconds = 30;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedAccessPoint? _accessPoint;
    private TlsIdentity? _identity;
    private SslStreamCertificateContext? _shown;

    public SimulatedSockets(SimulatedNetwork network, SimulatedAccessPoint? accessPoint = null)
    {
        _network = network;
        _accessPoint = accessPoint;
    }

    public bool ProbesTls => true;

    public IPAddress? Resolve(string host, int timeoutMilliseconds)
    {
        using var bound = new CancellationTokenSource(timeoutMilliseconds);
        return Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, bound.Token).GetAwaiter().GetResult().FirstOrDefault();
    }

    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
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

    public string Trust(string caPem) => caPem;

    public Stream Authenticate(Socket socket, string host, string? caPem, TlsIdentity? identity, int timeoutMilliseconds)
    {
        SslStreamCertificateContext? shown = Shown(identity);
        var wire = new BoundedStream(socket, _network);
        var stream = new SslStream(wire);
        string? fault = null;
        try
        {
            // Synchronous, as on a device: each of its reads goes through the bounded stream.
            wire.SetReadBound(timeoutMilliseconds);
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                ClientCertificateContext = shown,
                CertificateChainPolicy = caPem is null ? null : Certificates.Trust(caPem),
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    fault = CertificateRules.FindFault(certificate as X509Certificate2, chain, errors, host);
                    return fault is null;
                },
            });
            return new TlsStream(socket, wire, stream);
        }
        catch (AuthenticationException exception)
        {
            // Its own text only points to the exceptions within.
            stream.Dispose();
            throw new AuthenticationException(fault ?? exception.GetBaseException().Message);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public IServerTls ServeTls(TlsIdentity identity, string? clientCaPem, string clientName)
    {
        return new SimulatedServerTls(this, identity, clientCaPem, clientName);
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
            socket.Bind(new IPEndPoint(Own(address), port));

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

    public IDatagramSocket OpenDatagrams() => new SimulatedDatagrams(_network.GetLink());

    // A static address may be one that this computer does not have: it is announced, and the port is at the network's.
    private IPAddress Own(string address)
    {
        IPAddress own = IPAddress.Parse(_network.Address);
        IPAddress announced = IPAddress.Parse(address);
        return IPAddress.IsLoopback(announced) || !IPAddress.IsLoopback(own) ? announced : own;
    }

    // Made once, as on a device.
    private SslStreamCertificateContext? Shown(TlsIdentity? identity)
    {
        if (identity is not null && identity != _identity)
        {
            _shown = Certificates.Load(identity);
            _identity = identity;
        }

        return identity is null ? null : _shown;
    }
}
