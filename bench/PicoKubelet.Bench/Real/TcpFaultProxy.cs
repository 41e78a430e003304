using System.Net;
using System.Net.Sockets;

namespace PicoKubelet.Bench.Real;

/// <summary>Stands between a board and the API server, and passes on bytes: TLS goes through it as it is.</summary>
internal sealed class TcpFaultProxy : IDisposable
{
    // Of what a server sends, the handshake with its certificate and tickets, and some of the first reply.
    private const int MidReplyBytes = 2600;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly List<Socket> _open = [];
    private volatile ProxyMode _mode;
    private int _connections;

    public TcpFaultProxy(Uri server)
    {
        _server = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Gets how many connections there were.</summary>
    public int Connections => _connections;

    /// <summary>Gets how many are open.</summary>
    public int Open
    {
        get
        {
            lock (_open)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Gets or sets what is done; connections that are open feel it too, and those of which bytes were lost stay as they are.</summary>
    public ProxyMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    public void Dispose()
    {
        _listener.Stop();
        lock (_open)
        {
            _open.ForEach(socket => socket.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Interlocked.Increment(ref _connections);
        lock (_open)
        {
            _open.Add(client);
        }

        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(_server);
            await Task.WhenAny(PumpAsync(client, server, fromServer: false), PumpAsync(server, client, fromServer: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone, and so is the other.
        }
        finally
        {
            lock (_open)
            {
                _open.Remove(client);
            }

            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromServer)
    {
        byte[] buffer = new byte[4096];
        int passed = 0;
        bool isLost = false;
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                passed += read;
                if (_mode == ProxyMode.Reset || (_mode == ProxyMode.MidReply && fromServer && passed > MidReplyBytes))
                {
                    Socket client = fromServer ? to : from;
                    client.LingerState = new LingerOption(true, 0);
                    return;
                }

                isLost |= _mode == ProxyMode.HalfOpen;
                if (!isLost)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone, and so is the other.
        }
    }
}
