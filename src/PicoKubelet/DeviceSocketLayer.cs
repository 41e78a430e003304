using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Network;

namespace PicoKubelet;

/// <summary>The runtime's sockets, and TLS by its mbedTLS.</summary>
internal sealed class DeviceSocketLayer : ISocketLayer
{
    private readonly SslProtocols _protocol;
    private string _caPem;
    private X509Certificate _ca;

    /// <summary>Initializes the layer.</summary>
    /// <param name="targetName">The name of the CLR's build target.</param>
    public DeviceSocketLayer(string targetName)
    {
        // A Pico's mbedTLS is built without ECDHE-ECDSA for TLS 1.2, so a server with an ECDSA certificate (k3s) is reached by 1.3 only.
        _protocol = targetName.StartsWith("PICO") ? SslProtocols.Tls13 : SslProtocols.Tls12;
    }

    /// <inheritdoc/>
    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        socket.Connect(endPoint);
    }

    /// <inheritdoc/>
    public Stream Authenticate(Socket socket, string host, string caPem)
    {
        SslStream stream = new SslStream(socket);
        stream.SslVerification = SslVerification.CertificateRequired;
        stream.AuthenticateAsClient(host, null, GetCertificate(caPem), _protocol);
        return stream;
    }

    /// <inheritdoc/>
    public bool HasArrived(Socket socket, Stream stream)
    {
        // Of a TLS connection too: mbedTLS reads one record at a time, so what it has not asked for is still in the socket.
        return socket.Poll(0, SelectMode.SelectRead);
    }

    /// <inheritdoc/>
    public Socket Listen(string address, int port, int backlog)
    {
        Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Close();
            throw;
        }
    }

    // Parsed once: each time costs the heap two copies of the text.
    private X509Certificate GetCertificate(string caPem)
    {
        if (caPem != _caPem)
        {
            // From the string, not from its bytes: mbedTLS takes PEM only with a NUL at its end, which this constructor adds.
            _ca = caPem == null ? null : new X509Certificate(caPem);
            _caPem = caPem;
        }

        return _ca;
    }
}
