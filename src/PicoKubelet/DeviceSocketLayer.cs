using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet;

/// <summary>The runtime's sockets, and TLS by its mbedTLS.</summary>
internal sealed class DeviceSocketLayer : ISocketLayer
{
    private const int KeepAliveMilliseconds = 30 * 1000;

    // The API server's and the registries'.
    private const int MaxCas = 2;

    private readonly SslProtocols _protocol;
    private readonly DeviceCa[] _cas = new DeviceCa[MaxCas];
    private int _caCount;
    private TlsIdentity _identity;
    private X509Certificate2 _shown;

    /// <summary>Initializes the layer.</summary>
    /// <param name="targetName">The name of the CLR's build target.</param>
    public DeviceSocketLayer(string targetName)
    {
        // A Pico's mbedTLS is built without ECDHE-ECDSA for TLS 1.2, so a server with an ECDSA certificate (k3s) is reached by 1.3 only.
        _protocol = targetName.StartsWith("PICO") ? SslProtocols.Tls13 : SslProtocols.Tls12;
    }

    /// <inheritdoc/>
    public bool ProbesTls => true;

    /// <inheritdoc/>
    public IPAddress Resolve(string host, int timeoutMilliseconds)
    {
        foreach (IPAddress candidate in Dns.GetHostEntry(host).AddressList)
        {
            if (candidate.AddressFamily == AddressFamily.InterNetwork)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        KeepAlive(socket);

        // The runtime waits for ever, but lets other threads run; a socket that one of them closes ends the wait.
        Timer bound = new Timer(Close, socket, timeoutMilliseconds, Timeout.Infinite);
        try
        {
            socket.Connect(endPoint);
        }
        finally
        {
            bound.Dispose();
        }
    }

    /// <inheritdoc/>
    public string Trust(string caPem)
    {
        // The same ones twice are kept once.
        for (int i = 0; i < _caCount; i++)
        {
            if (_cas[i].Is(caPem))
            {
                return i.ToString();
            }
        }

        _cas[_caCount] = new DeviceCa(caPem);
        return (_caCount++).ToString();
    }

    /// <inheritdoc/>
    public Stream Authenticate(Socket socket, string host, string caPem, TlsIdentity identity, int timeoutMilliseconds)
    {
        DeviceTlsStream stream = new DeviceTlsStream(socket);
        stream.SslVerification = SslVerification.CertificateRequired;
        try
        {
            stream.AuthenticateAsClient(host, GetShown(identity), caPem == null ? null : _cas[caPem[0] - '0'].GetCertificate(), _protocol);
        }
        catch (Exception e)
        {
            if (e is OutOfMemoryException)
            {
                throw;
            }

            // The runtime tells nothing of why. Its mbedTLS takes what SimulatedSockets' CertificateRules list.
            throw new IOException("refused; look at the certificate's CA, host and time; RSA of 2048 bits, SHA-256 at least");
        }

        return stream;
    }

    /// <inheritdoc/>
    public IServerTls ServeTls(TlsIdentity identity, string clientCaPem, string clientName)
    {
        return null;
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

    /// <inheritdoc/>
    public IDatagramSocket OpenDatagrams()
    {
        return new DatagramSocket(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
    }

    private static void Close(object socket)
    {
        try
        {
            ((Socket)socket).Close();
        }
        catch (Exception)
        {
            // Closed already.
        }
    }

    /// <summary>
    /// Has lwIP ask a peer that has been silent, so that one which vanished ends the wait of a native call for it some day: after
    /// this and nine times 75 s, lwIP's own interval.
    /// </summary>
    private static void KeepAlive(Socket socket)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);

            // lwIP's TCP_KEEPALIVE: milliseconds.
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.KeepAlive, KeepAliveMilliseconds);
        }
        catch (SocketException)
        {
            // A stack that can not.
        }
    }

    private X509Certificate2 GetShown(TlsIdentity identity)
    {
        if (identity == null)
        {
            // A registry's connection; the node's identity stays for the next one to the API server.
            return null;
        }

        if (identity != _identity)
        {
            _shown = new X509Certificate2(identity.Certificate, identity.Key, null);
            _identity = identity;
            identity.ForgetText();
        }

        return _shown;
    }
}
