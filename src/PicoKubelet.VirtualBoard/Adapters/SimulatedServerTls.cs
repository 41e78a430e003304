using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard.Reviews;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>
/// The PC's TLS as the server of a board's port. It reads and writes by the client's connection alone, so the port's deadlines and
/// its fairness hold for the handshake as for a request.
/// </summary>
internal sealed class SimulatedServerTls(ISocketLayer sockets, TlsIdentity identity, string? clientCaPem, string clientName) : IServerTls, IReviewer
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly SslStreamCertificateContext _shown = Certificates.Load(identity);
    private readonly Reviewer _reviewer = new(sockets, SystemClock.Instance);

    public void Begin(DeviceSettings settings, string nodeName, Logger log)
    {
        _reviewer.Begin(settings, nodeName, log);
    }

    public int Review(string? authorization, IClientConnection connection, ServerRequest request, out string? message)
    {
        return _reviewer.Review(authorization, connection, request, out message);
    }

    public ITlsConnection Accept(IConnection wire)
    {
        var stream = new SslStream(new WireStream(wire));
        bool isTrusted = false;
        ReviewedUser? user = null;
        try
        {
            stream.AuthenticateAsServer(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _shown,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

                // Each connection shows its certificate anew.
                AllowTlsResume = false,
                AllowRenegotiation = false,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    // Whoever is not the API server may still have a token.
                    user = certificate is X509Certificate2 shown && IsTrusted(shown) ? ReviewedUser.Of(shown) : null;
                    isTrusted = user?.Name == clientName;
                    return true;
                },
            });
            return new TlsConnection(stream, isTrusted, user);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        if (clientCaPem is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy = Certificates.Trust(clientCaPem);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }

    private sealed class TlsConnection(SslStream stream, bool isTrusted, ReviewedUser? user) : ITlsConnection
    {
        public bool IsTrusted => isTrusted;

        public object? Client => user;

        public int Read(byte[] buffer, int offset, int count)
        {
            return stream.Read(buffer, offset, count);
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            stream.Write(buffer, offset, count);
        }

        public void Close()
        {
            try
            {
                // Without a word of the end, an answer that ends with the connection counts as cut off.
                stream.ShutdownAsync().GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                // The client is gone.
            }

            stream.Dispose();
        }
    }
}
