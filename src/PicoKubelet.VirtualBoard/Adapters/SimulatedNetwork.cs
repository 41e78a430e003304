using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The Wi-Fi of a simulated board: what is wrong with the network, whether the board joined it, and the sockets that go down with it.</summary>
internal sealed class SimulatedNetwork : INetworkInterface
{
    private const string Ssid = "home";
    private const int GoodSignal = -55;
    private const int WeakSignal = -88;

    // A device's 20 s would make whoever tries this wait; the radio's words are the same.
    private static readonly TimeSpan DefaultJoinTime = TimeSpan.FromSeconds(3);

    private readonly object _gate = new();
    private readonly bool _isPico;
    private readonly int _joinMilliseconds;
    private readonly byte[] _macAddress;
    private readonly List<Socket> _sockets = [];
    private Socket? _listener;
    private CancellationTokenSource _link = new();
    private string _address;
    private WifiFault _fault;
    private bool _hasPower;
    private bool _hasJoined;

    /// <summary>Initializes a network that is well, of a board that is off.</summary>
    /// <param name="name">The board's name.</param>
    /// <param name="address">The address that the network hands out.</param>
    /// <param name="targetName">The board's build target: a Pico's radio tells less than an ESP32's.</param>
    /// <param name="joinTime">How long an attempt takes that nothing answers, or null for some seconds.</param>
    public SimulatedNetwork(string name, string address, string targetName = "PICO_RP2040_W", TimeSpan? joinTime = null)
    {
        _macAddress = DeriveMacAddress(name);
        _address = address;
        _isPico = targetName.StartsWith("PICO", StringComparison.Ordinal);
        _joinMilliseconds = (int)(joinTime ?? DefaultJoinTime).TotalMilliseconds;
    }

    /// <summary>Gets or sets what is wrong with the network. A new fault breaks the link; the board joins again by <see cref="Join"/>.</summary>
    public WifiFault Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }

        set
        {
            lock (_gate)
            {
                if (_fault == value)
                {
                    return;
                }

                // A DHCP server that answers again gives the address without another join.
                bool keepsLink = _fault == WifiFault.NoDhcp && value == WifiFault.None;
                _fault = value;
                if (!keepsLink)
                {
                    Drop();
                }
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
            return HasAddress ? _address : null;
        }
    }

    public string? GetSsid()
    {
        return Fault == WifiFault.NoCredentials ? null : Ssid;
    }

    /// <summary>Gets null: it takes no password to join it.</summary>
    public string? GetPassword()
    {
        return null;
    }

    public bool IsJoined()
    {
        lock (_gate)
        {
            return _hasJoined;
        }
    }

    public JoinResult Join()
    {
        lock (_gate)
        {
            if (_hasPower && !CanJoin)
            {
                // Ends early when something changes, be it that the power is cut.
                Monitor.Wait(_gate, _joinMilliseconds);
            }

            _hasJoined = CanJoin;
            if (HasAddress || (_hasJoined && !_isPico))
            {
                return JoinResult.Joined;
            }

            return _isPico ? JoinResult.NoAnswer : WordOfAnEsp32();
        }
    }

    public bool TryScan(out int dbm)
    {
        lock (_gate)
        {
            dbm = _fault == WifiFault.Gone ? 0 : _fault == WifiFault.WeakSignal ? WeakSignal : GoodSignal;
            return _hasPower;
        }
    }

    /// <summary>Breaks the link once, as a radio disturbance does; the board may join again at once.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _hasJoined = false;
            BreakConnections();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Switches the interface on or off.</summary>
    public void SetPower(bool hasPower)
    {
        lock (_gate)
        {
            if (_hasPower != hasPower)
            {
                _hasPower = hasPower;
                Drop();
            }
        }
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

    private bool CanJoin => _hasPower && (_fault is WifiFault.None or WifiFault.NoDhcp);

    private bool HasAddress => _hasJoined && _fault == WifiFault.None;

    private JoinResult WordOfAnEsp32()
    {
        return _fault switch
        {
            WifiFault.Gone => JoinResult.NotFound,
            WifiFault.WrongPassword => JoinResult.Refused,

            // It takes an access point that falls silent for one that refuses.
            WifiFault.WeakSignal => JoinResult.Refused,
            _ => JoinResult.Failed,
        };
    }

    // The prefix has the bit that says "locally administered", so it is no vendor's.
    private static byte[] DeriveMacAddress(string name)
    {
        byte[] address = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..6];
        address[0] = 0x02;
        return address;
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
