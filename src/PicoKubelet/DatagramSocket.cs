using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>A UDP socket of the runtime.</summary>
internal sealed class DatagramSocket : IDatagramSocket
{
    private readonly Socket _socket;

    private EndPoint _peer = new IPEndPoint(IPAddress.Any, 0);
    private bool _isClosed;

    /// <summary>Initializes the socket.</summary>
    /// <param name="socket">A bound socket, which this one owns.</param>
    public DatagramSocket(Socket socket)
    {
        _socket = socket;
    }

    /// <inheritdoc/>
    public int Receive(byte[] buffer)
    {
        if (!_socket.Poll(0, SelectMode.SelectRead))
        {
            return 0;
        }

        try
        {
            return _socket.ReceiveFrom(buffer, 0, buffer.Length, SocketFlags.None, ref _peer);
        }
        catch (SocketException)
        {
            // One that does not fit, or that was gone after all.
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Reply(byte[] buffer, int count)
    {
        // Where it fails the client asks again.
        Send(buffer, count, _peer);
    }

    /// <inheritdoc/>
    public void Broadcast(byte[] buffer, int count, int port)
    {
        Send(buffer, count, new IPEndPoint(IPAddress.Broadcast, port));
    }

    /// <inheritdoc/>
    public bool Send(byte[] buffer, int count, EndPoint peer)
    {
        try
        {
            return _socket.SendTo(buffer, 0, count, SocketFlags.None, peer) == count;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _socket.Close();
        }
    }
}
