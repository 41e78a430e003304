using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Network;

/// <summary>
/// Keeps the board in its network: joins it, waits for an address, and joins it again whenever it is lost, with waits that
/// grow. Works out why it fails, which no radio tells alone. Where there is a second network, it is tried when the first fails, and
/// the first again when it was lost. Driven by one loop, read by any thread.
/// </summary>
public sealed partial class Link
{
    /// <summary>The signal in dBm below which a network that can not be joined is too far away; common guides for Wi-Fi call less than this unreliable.</summary>
    public const int WeakDbm = -80;

    // How often the address is looked at between two attempts: a radio may find its way back by itself.
    private const int Look = 1000;
    private const int FirstWait = 500;
    private const int LongestWait = 8 * 1000;

    // What only a person can mend is tried ever more slowly, but never given up: an access point that restarts may refuse for a while.
    private const int LongestSlowWait = 60 * 1000;

    // A link that held for less is flapping; the waits go on growing.
    private const int StableTime = 60 * 1000;

    private readonly INetworkInterface _network;
    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private int _retry;
    private int _slowRetry;
    private readonly WifiNetwork[] _networks;
    private readonly StaticAddress _address;

    // The one that the radio was told last, and the one that it is told next.
    private WifiNetwork _current;
    private int _next;
    private StaticAddress _addressInForce;
    private bool _isAddressSet;
    private JoinResult _result;
    private WifiFailure _lastFailure;
    private bool _hasScanned;
    private long _since;
    private long _absentSince;
    private long _deadline;
    private long _attemptEnd;

    /// <summary>Initializes the link; nothing is joined yet.</summary>
    /// <param name="network">The network interface.</param>
    /// <param name="board">The board, whose free heap bounds what a scan may take.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    /// <param name="settings">A static address and a second network, where there are any.</param>
    public Link(INetworkInterface network, IBoard board, IClock clock, Logger log, Random random, WifiSettings settings)
    {
        _networks = new WifiNetwork[settings.SecondSsid == null ? 1 : 2];
        _networks[0] = new WifiNetwork(null, null);
        if (settings.SecondSsid != null)
        {
            _networks[1] = new WifiNetwork(settings.SecondSsid, settings.SecondPassword);
        }

        _current = _networks[0];
        _address = settings.Address;
        _network = network;
        _board = board;
        _clock = clock;
        _log = log;
        _random = random;
        _since = _clock.Milliseconds;
        _absentSince = _since;
    }

    /// <summary>Gets the state.</summary>
    public WifiState State { get; private set; }

    /// <summary>
    /// Gets why there is no address: why the first network failed last, or the second where the first is not configured. None while there is
    /// an address.
    /// </summary>
    public WifiFailure Failure
    {
        get
        {
            WifiFailure failure = _networks[0].Failure;
            return State == WifiState.Connected ? WifiFailure.None
                : failure == WifiFailure.NoCredentials && NetworkCount > 1 ? _networks[1].Failure : failure;
        }
    }

    /// <summary>Gets how many networks the board may join: 1 or 2.</summary>
    public int NetworkCount => _networks.Length;

    /// <summary>Gets the address as of the last look, or null.</summary>
    public string Address { get; private set; }

    /// <summary>Gets whether the network that was joined or tried last is the second.</summary>
    public bool IsSecond => _current != _networks[0];

    /// <summary>Gets the name of the network that was joined or tried last, or null while it is not known or the device has none.</summary>
    public string Ssid => _current.Ssid;

    /// <summary>Gets that network's signal as of the last scan, dBm, or 0 where it was not seen. A device can measure only while it is not joined.</summary>
    public int Signal => _current.Signal;

    /// <summary>Gets how often the board came to an address.</summary>
    public int Joins { get; private set; }

    /// <summary>Gets how often it lost the network.</summary>
    public int Losses { get; private set; }

    /// <summary>Gets how long the state lasts, in milliseconds.</summary>
    public long StateAge => _clock.Milliseconds - _since;

    /// <summary>Gets how old <see cref="Signal"/> is, in milliseconds.</summary>
    public long SignalAge => _clock.Milliseconds - _current.Scanned;

    /// <summary>Gets for how long there has been no address, in milliseconds; 0 while there is one.</summary>
    public long Absence => State == WifiState.Connected ? 0 : _clock.Milliseconds - _absentSince;

    /// <summary>Gets the state's name.</summary>
    public string StateName
    {
        get
        {
            return State switch
            {
                WifiState.Joining => "joining",
                WifiState.WaitingForAddress => "waiting for an address",
                WifiState.Connected => "connected",
                _ => "waiting",
            };
        }
    }

    /// <summary>Gets the failure's name, or null while there is none.</summary>
    public string FailureName => WifiFailures.NameOf(Failure);

    /// <summary>Gets the name of the failure before the board last came to an address, which nobody can ask it for before that; null where there was none.</summary>
    public string LastFailureName => WifiFailures.NameOf(_lastFailure);

    /// <summary>Gets one of the networks that the board may join.</summary>
    /// <param name="index">0 for the one in the device's own network configuration, 1 for the settings' second.</param>
    /// <returns>The network.</returns>
    public WifiNetwork Network(int index)
    {
        return _networks[index];
    }

    /// <summary>Looks for the address, and does what is due where there is none.</summary>
    /// <returns>0 when there is an address; otherwise how long to wait before the next look, in milliseconds.</returns>
    public int EnsureUp()
    {
        if (TakeAddress())
        {
            return 0;
        }

        if (State == WifiState.Connected)
        {
            return OnLost();
        }

        if (State == WifiState.Joining)
        {
            return Settle();
        }

        if (State == WifiState.WaitingForAddress)
        {
            return AwaitAddress();
        }

        long left = _deadline - _clock.Milliseconds;
        return left > 0 ? Shorter(left) : Join();
    }

    private static int Shorter(long wait)
    {
        return wait < Look ? (int)wait : Look;
    }

    private bool TakeAddress()
    {
        UseAddress();
        string address = _network.GetAddress();
        if (address == null)
        {
            Address = null;
            return false;
        }

        if (State != WifiState.Connected)
        {
            _current.Ssid = _current.OwnSsid ?? _network.GetSsid();
            _lastFailure = Failure == WifiFailure.None ? _lastFailure : Failure;
            _current.Failure = WifiFailure.None;
            if (!IsSecond)
            {
                // How the second fared is of no interest now; why the first can not be joined is while the second is in use.
                _networks[NetworkCount - 1].Failure = WifiFailure.None;
            }

            Enter(WifiState.Connected);
            Joins++;
        }

        if (address != Address)
        {
            bool isOne = NetworkCount == 1;
            string dbm = isOne && Signal != 0 ? Signal.ToString() : null;
            _log.Info("network up", "address", address, isOne ? dbm == null ? null : "signal_dbm" : "ssid", isOne ? dbm : Ssid);
            Address = address;
        }

        return true;
    }

    /// <summary>
    /// Sees to it that the board has the kind of address that the network asks for: the settings' in the first network, DHCP's in the
    /// second, which is another subnet. Once it is joined, not at each attempt: the runtime writes it to flash.
    /// </summary>
    private void UseAddress()
    {
        StaticAddress wanted = IsSecond ? null : _address;
        if ((_isAddressSet && wanted == _addressInForce) || !_network.IsJoined())
        {
            return;
        }

        _isAddressSet = true;
        _addressInForce = wanted;
        if (!_network.UseAddress(wanted))
        {
            _log.Warn("the address can not be set", "address", wanted == null ? "DHCP" : wanted.Address);
        }
    }

    private int OnLost()
    {
        _log.Warn("network lost", "after_seconds", (StateAge / 1000).ToString());
        Losses++;
        _next = 0;
        _absentSince = _clock.Milliseconds;
        if (StateAge >= StableTime)
        {
            _retry = 0;
            _slowRetry = 0;
        }

        return Wait(Backoff.Next(ref _retry, FirstWait, LongestWait, _random));
    }

    private int Wait(int wait)
    {
        Enter(WifiState.Waiting);
        _deadline = _clock.Milliseconds + wait;
        return Shorter(wait);
    }

    private void Enter(WifiState state)
    {
        State = state;
        _since = _clock.Milliseconds;
    }
}
