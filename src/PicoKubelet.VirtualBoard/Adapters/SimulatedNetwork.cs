using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The Wi-Fi of a simulated board: whether the network is there, whether the board joined it, and the sockets that go down with it.</summary>
internal sealed class SimulatedNetwork : INetworkInterface
{
    private readonly object _gate = new();
    private readonly byte[] _macAddress;
    private readonly List<Socket> _sockets = [];
    private Socket? _listener;
    private CancellationTokenSource _link = new();
    private string _address;
    private bool _isThere = true;
    private bool _hasPower;
    private bool _hasJoined;

    public SimulatedNetwork(string name, string address)
    {
        _macAddress = DeriveMacAddress(name);
        _address = address;
    }

    /// <summary>Gets whether the network is there for the board to join.</summary>
    public bool IsThere
    {
        get
        {
            lock (_gate)
            {
                return _isThere;
            }
        }
    }

    /// <summary>Gets or sets the address that the network hands out. A new one breaks the connections that were made from the old one.</summary>
    public string Address
    {
        get
        {
            lock (_gate)
            {
                return _address;
            }
        }

        set
        {
            lock (_gate)
            {
                if (_address != value)
                {
                    _address = value;
                    BreakConnections();
                }
            }
        }
    }

    public byte[] GetMacAddress()
    {
        return (byte[])_macAddress.Clone();
    }

    public string? GetAddress()
    {
        lock (_gate)
        {
            return _hasJoined ? _address : null;
        }
    }

    public string? Connect(int timeoutMilliseconds)
    {
        long deadline = Environment.TickCount64 + timeoutMilliseconds;
        lock (_gate)
        {
            while (_hasPower && !_isThere)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0)
                {
                    return "no Wi-Fi";
                }

                Monitor.Wait(_gate, (int)left);
            }

            _hasJoined = _hasPower;
            return _hasPower ? null : "no power";
        }
    }

    /// <summary>Makes the network appear or vanish. The board joins it again by <see cref="Connect"/>.</summary>
    public void SetThere(bool isThere)
    {
        lock (_gate)
        {
            _isThere = isThere;
            Update();
        }
    }

    /// <summary>Switches the interface on or off.</summary>
    public void SetPower(bool hasPower)
    {
        lock (_gate)
        {
            _hasPower = hasPower;
            Update();
        }
    }

    /// <summary>Gets what is cancelled when the link that is up now goes down.</summary>
    /// <exception cref="SocketException">The link is down.</exception>
    public CancellationToken GetLink()
    {
        lock (_gate)
        {
            if (!_hasJoined)
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

    // The prefix has the bit that says "locally administered", so it is no vendor's.
    private static byte[] DeriveMacAddress(string name)
    {
        byte[] address = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..6];
        address[0] = 0x02;
        return address;
    }

    private void Update()
    {
        if (!_isThere || !_hasPower)
        {
            _hasJoined = false;
            BreakConnections();
        }

        Monitor.PulseAll(_gate);
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
