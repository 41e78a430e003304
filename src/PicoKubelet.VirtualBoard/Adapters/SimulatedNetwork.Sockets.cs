using System.Net.Sockets;

namespace PicoKubelet.VirtualBoard.Adapters;

// The sockets that go down with the network.
internal sealed partial class SimulatedNetwork
{
    private readonly List<Socket> _sockets = [];
    private Socket? _listener;
    private CancellationTokenSource _link = new();
    private long _bytesSent;
    private long _bytesReceived;

    /// <summary>Gets the bytes of TLS that were sent and received over connections that the board made.</summary>
    public (long Sent, long Received) TlsBytes => (Interlocked.Read(ref _bytesSent), Interlocked.Read(ref _bytesReceived));

    /// <summary>Counts bytes of TLS.</summary>
    public void CountBytes(int sent, int received)
    {
        Interlocked.Add(ref _bytesSent, sent);
        Interlocked.Add(ref _bytesReceived, received);
    }

    /// <summary>Gets what is cancelled when the link that is up now goes down.</summary>
    /// <exception cref="SocketException">The link is down.</exception>
    public CancellationToken GetLink()
    {
        lock (_gate)
        {
            if (!HasAddress)
            {
                throw new SocketException((int)SocketError.NetworkUnreachable);
            }

            return _link.Token;
        }
    }

    /// <summary>Takes note of a connected socket, to be broken with the link.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="link">The link that it was connected over.</param>
    /// <exception cref="SocketException">That link is down by now.</exception>
    public void Track(Socket socket, CancellationToken link)
    {
        lock (_gate)
        {
            if (link.IsCancellationRequested)
            {
                throw new SocketException((int)SocketError.NetworkUnreachable);
            }

            _sockets.RemoveAll(tracked => !tracked.Connected);
            _sockets.Add(socket);
        }
    }

    /// <summary>Takes note of the listening socket, of which a board has one, to be closed with the link.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="link">The link that it was opened on.</param>
    /// <exception cref="SocketException">That link is down by now.</exception>
    public void TrackListener(Socket socket, CancellationToken link)
    {
        lock (_gate)
        {
            if (link.IsCancellationRequested)
            {
                throw new SocketException((int)SocketError.NetworkUnreachable);
            }

            _listener = socket;
        }
    }

    private void BreakConnections()
    {
        _link.Cancel();
        _link = new CancellationTokenSource();
        foreach (Socket socket in _sockets)
        {
            Reset(socket);
        }

        _sockets.Clear();
        _listener?.Dispose();
        _listener = null;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The firmware closed it first.
        }
    }
}
