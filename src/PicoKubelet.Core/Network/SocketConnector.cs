using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;

namespace PicoKubelet.Network;

/// <summary>Opens connections over sockets.</summary>
public sealed class SocketConnector : IConnector
{
    private readonly ISocketLayer _sockets;
    private readonly string _caPem;
    private readonly IClock _clock;
    private readonly TlsIdentity _identity;

    /// <summary>Initializes the connector.</summary>
    /// <param name="sockets">The platform's sockets.</param>
    /// <param name="caPem">The CA certificates for TLS, PEM, or null for those in the device's own store.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="identity">What the board shows of itself in TLS, or null for nothing.</param>
    public SocketConnector(ISocketLayer sockets, string caPem, IClock clock, TlsIdentity identity = null)
    {
        _identity = identity;
        _sockets = sockets;
        _caPem = caPem == null ? null : sockets.Trust(caPem);
        _clock = clock;
    }

    /// <inheritdoc/>
    public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
    {
        long deadline = _clock.Milliseconds + timeoutMilliseconds;
        IPEndPoint server = new IPEndPoint(Resolve(host, timeoutMilliseconds), port);
        if (secure && _sockets.ProbesTls)
        {
            Probe(server, host, deadline);
        }

        return Open(server, secure ? host : null, deadline);
    }

    private IPAddress Resolve(string host, int timeoutMilliseconds)
    {
        IPAddress address = Ipv4Address.Parse(host);
        if (address != null)
        {
            return address;
        }

        try
        {
            address = _sockets.Resolve(host, timeoutMilliseconds);
        }
        catch (Exception e)
        {
            throw new ConnectException(ConnectPhase.Resolve, e.Message);
        }

        return address ?? throw new ConnectException(ConnectPhase.Resolve, "no IPv4 address");
    }

    /// <summary>Closes the probe's connection before the real one is opened: a Pico W has four sockets in all.</summary>
    private void Probe(IPEndPoint server, string host, long deadline)
    {
        SocketConnection connection = Open(server, null, deadline);
        try
        {
            TlsProbe.Ask(connection, host);
        }
        catch (Exception e)
        {
            if (e is OutOfMemoryException || e is ConnectException)
            {
                throw;
            }

            throw new ConnectException(ConnectPhase.Handshake, e is TimeoutException || _clock.Milliseconds >= deadline ? "the server is silent" : e.Message);
        }
        finally
        {
            connection.Close();
        }
    }

    /// <param name="server">Where to.</param>
    /// <param name="tlsHost">Whom the certificate has to be for, or null for a connection without TLS.</param>
    /// <param name="deadline">When all has to be over.</param>
    private SocketConnection Open(IPEndPoint server, string tlsHost, long deadline)
    {
        ConnectPhase phase = ConnectPhase.Connect;
        Socket socket = null;
        try
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            // A request is one write and a reply is waited for, so holding back small segments would only add delay.
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            _sockets.Connect(socket, server, SocketConnection.Remaining(_clock, deadline));
            phase = ConnectPhase.Handshake;
            int remaining = SocketConnection.Remaining(_clock, deadline);
            socket.ReceiveTimeout = remaining;
            socket.SendTimeout = remaining;
            Stream stream = tlsHost == null ? new NetworkStream(socket, true) : _sockets.Authenticate(socket, tlsHost, _caPem, _identity, remaining);
            return new SocketConnection(_sockets, socket, stream, _clock, deadline);
        }
        catch (Exception e)
        {
            // At once, and here: left to its finalizer, a socket whose handshake failed closes whatever connection got its number since.
            CloseQuietly(socket);
            if (e is OutOfMemoryException)
            {
                throw;
            }

            throw new ConnectException(phase, e.Message);
        }
    }

    private static void CloseQuietly(Socket socket)
    {
        if (socket == null)
        {
            return;
        }

        try
        {
            socket.Close();
        }
        catch
        {
        }
    }
}
