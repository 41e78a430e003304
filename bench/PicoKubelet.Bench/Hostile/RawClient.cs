using System.Net;
using System.Net.Sockets;

namespace PicoKubelet.Bench.Hostile;

/// <summary>A client that sends whatever it is told to.</summary>
internal sealed class RawClient : IDisposable
{
    private const int MaxAnswer = 64 * 1024;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveTimeout = 10_000,
        SendTimeout = 10_000,
        NoDelay = true,
    };

    private readonly CancellationTokenRegistration _stop;

    /// <param name="board">Where it connects.</param>
    /// <param name="stop">Closes it, whatever it waits for.</param>
    public RawClient(IPEndPoint board, CancellationToken stop)
    {
        _socket.Connect(board);
        _stop = stop.Register(_socket.Dispose);
    }

    /// <summary>Sends some bytes.</summary>
    /// <returns>Whether the board still took them.</returns>
    public bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }

            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Says that nothing more is sent.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The board has closed it already.
        }
    }

    /// <summary>Reads what the board answers until it closes the connection.</summary>
    public byte[] ReadToEnd()
    {
        byte[] buffer = new byte[MaxAnswer];
        int length = 0;
        try
        {
            int read;
            while (length < MaxAnswer && (read = _socket.Receive(buffer.AsSpan(length))) > 0)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A board that does not read the rest of a request resets the connection when it closes it.
        }

        return buffer[..length];
    }

    /// <summary>Ends the connection as a crash does.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        Dispose();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _socket.Dispose();
    }
}
