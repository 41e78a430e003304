using System.Security.Cryptography;
using System.Text;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The Wi-Fi of a simulated board: what is wrong with the network, whether the board joined it, and the sockets that go down with it.</summary>
internal sealed partial class SimulatedNetwork : INetworkInterface
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
    private string _address;
    private WifiFault _fault;
    private WifiFault _secondFault;
    private StaticAddress? _static;
    private bool _isSecond;
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

        set => SetFault(ref _fault, value, ofSecond: false);
    }

    /// <summary>Gets or sets what is wrong with the other network: any of another name, for whose password all are right.</summary>
    public WifiFault SecondFault
    {
        get
        {
            lock (_gate)
            {
                return _secondFault;
            }
        }

        set => SetFault(ref _secondFault, value, ofSecond: true);
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
            return !HasAddress ? null : _static is null ? _address : _static.Address;
        }
    }

    public bool UseAddress(StaticAddress? address)
    {
        lock (_gate)
        {
            if (!StaticAddress.AreSame(_static, address))
            {
                _static = address;
                BreakConnections();
            }

            return true;
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

    public JoinResult Join(string? ssid, string? password)
    {
        lock (_gate)
        {
            _isSecond = ssid is not null and not Ssid;
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

    public void Leave()
    {
        Drop();
    }

    public bool TryScan(string ssid, out int dbm)
    {
        lock (_gate)
        {
            WifiFault fault = ssid == Ssid ? _fault : _secondFault;
            dbm = fault == WifiFault.Gone ? 0 : fault == WifiFault.WeakSignal ? WeakSignal : GoodSignal;
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
                // The radio begins with the network of its own configuration, and with DHCP.
                _isSecond = false;
                _static = null;
                _hasPower = hasPower;
                Drop();
            }
        }
    }

    private WifiFault CurrentFault => _isSecond ? _secondFault : _fault;

    private bool CanJoin => _hasPower && (CurrentFault is WifiFault.None or WifiFault.NoDhcp);

    // A static address takes no DHCP server.
    private bool HasAddress => _hasJoined && (CurrentFault == WifiFault.None || (CurrentFault == WifiFault.NoDhcp && _static is not null));

    private void SetFault(ref WifiFault fault, WifiFault value, bool ofSecond)
    {
        lock (_gate)
        {
            if (fault == value)
            {
                return;
            }

            // A DHCP server that answers again gives the address without another join.
            bool keepsLink = fault == WifiFault.NoDhcp && value == WifiFault.None;
            fault = value;
            if (!keepsLink && ofSecond == _isSecond)
            {
                Drop();
            }
        }
    }

    private JoinResult WordOfAnEsp32()
    {
        return CurrentFault switch
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
}
