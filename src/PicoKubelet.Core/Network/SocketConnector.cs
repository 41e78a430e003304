using System;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace PicoKubelet.Network;

/// <summary>Opens connections over sockets.</summary>
public sealed class SocketConnector : IConnector
{
    private readonly ISocketLayer _sockets;
    private readonly string _caPem;

    /// <summary>Initializes the connector.</summary>
    /// <param name="sockets">The platform's sockets.</param>
    /// <param name="caPem">The CA certificates for TLS, PEM, or null for those in the device's own store.</param>
    public SocketConnector(ISocketLayer sockets, string caPem)
    {
        _sockets = sockets;
        _caPem = caPem;
    }

    /// <inheritdoc/>
    public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
    {
        IPAddress address = Resolve(host);
        ConnectPhase phase = ConnectPhase.Connect;
        Socket socket = null;
        try
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.ReceiveTimeout = timeoutMilliseconds;
            socket.SendTimeout = timeoutMilliseconds;

            // A request is one write and a reply is waited for, so holding back small segments would only add delay.
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            _sockets.Connect(socket, new IPEndPoint(address, port), timeoutMilliseconds);
            phase = ConnectPhase.Handshake;
            Stream stream = secure ? _sockets.Authenticate(socket, host, _caPem) : new NetworkStream(socket, true);
            return new SocketConnection(_sockets, socket, stream);
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

    private static IPAddress Resolve(string host)
    {
        IPAddress address = Ipv4Address.Parse(host);
        if (address != null)
        {
            return address;
        }

        try
        {
            foreach (IPAddress candidate in Dns.GetHostEntry(host).AddressList)
            {
                if (candidate.AddressFamily == AddressFamily.InterNetwork)
                {
                    return candidate;
                }
            }
        }
        catch (Exception e)
        {
            throw new ConnectException(ConnectPhase.Resolve, e.Message);
        }

        throw new ConnectException(ConnectPhase.Resolve, "no IPv4 address");
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
