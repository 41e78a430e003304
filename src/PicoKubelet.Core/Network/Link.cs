using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Network;

/// <summary>
/// Keeps the board in its network: joins it, waits for an address, and joins it again whenever it is lost, with waits that
/// grow. Works out why it fails, which no radio tells alone. Driven by one loop, read by any thread.
/// </summary>
public sealed class Link
{
    /// <summary>The signal in dBm below which a network that can not be joined is too far away; common guides for Wi-Fi call less than this unreliable.</summary>
    public const int WeakDbm = -80;

    // DHCP's first three tries, after 2, 4 and 8 s, and the answer.
    private const int AddressTimeout = 20 * 1000;

    // How long an ESP32 may go on with an attempt after it reported the end of the one before.
    private const int SettleTimeout = 5 * 1000;
    private const int Poll = 500;

    // How often the address is looked at between two attempts: a radio may find its way back by itself.
    private const int Look = 1000;
    private const int FirstWait = 500;
    private const int LongestWait = 8 * 1000;

    // What only a person can mend is tried ever more slowly, but never given up: an access point that restarts may refuse for a while.
    private const int LongestSlowWait = 60 * 1000;

    // A link that held for less is flapping; the waits go on growing.
    private const int StableTime = 60 * 1000;

    // A scan's result takes 200 bytes of heap a network, and there are at most 32.
    private const int ScanHeap = 12 * 1024;

    private readonly INetworkInterface _network;
    private readonly IBoard _board;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Backoff _retry;
    private readonly Backoff _slowRetry;
    private JoinResult _result;
    private WifiFailure _lastFailure;
    private bool _hasScanned;
    private long _scanned;
    private long _since;
    private long _deadline;
    private long _attemptEnd;

    /// <summary>Initializes the link; nothing is joined yet.</summary>
    /// <param name="network">The network interface.</param>
    /// <param name="board">The board, whose free heap bounds what a scan may take.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public Link(INetworkInterface network, IBoard board, IClock clock, Logger log, Random random)
    {
        _network = network;
        _board = board;
        _clock = clock;
        _log = log;
        _retry = new Backoff(FirstWait, LongestWait, random);
        _slowRetry = new Backoff(FirstWait, LongestSlowWait, random);
        _since = _clock.Milliseconds;
    }

    /// <summary>Gets the state.</summary>
    public WifiState State { get; private set; }

    /// <summary>Gets why the last attempt failed, until there is an address again.</summary>
    public WifiFailure Failure { get; private set; }

    /// <summary>Gets the address as of the last look, or null.</summary>
    public string Address { get; private set; }

    /// <summary>Gets the network's name, or null while it is not known or the device has none.</summary>
    public string Ssid { get; private set; }

    /// <summary>Gets the network's signal as of the last scan, dBm, or 0 where it was not seen. A device can measure only while it is not joined.</summary>
    public int Signal { get; private set; }

    /// <summary>Gets how often the board came to an address.</summary>
    public int Joins { get; private set; }

    /// <summary>Gets how often it lost the network.</summary>
    public int Losses { get; private set; }

    /// <summary>Gets how long the state lasts, in milliseconds.</summary>
    public long StateAge => _clock.Milliseconds - _since;

    /// <summary>Gets how old <see cref="Signal"/> is, in milliseconds.</summary>
    public long SignalAge => _clock.Milliseconds - _scanned;

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
        string address = _network.GetAddress();
        if (address == null)
        {
            Address = null;
            return false;
        }

        if (State != WifiState.Connected)
        {
            Ssid = Ssid ?? _network.GetSsid();
            Enter(WifiState.Connected);
            _lastFailure = Failure == WifiFailure.None ? _lastFailure : Failure;
            Failure = WifiFailure.None;
            Joins++;
        }

        if (address != Address)
        {
            _log.Info("network up", "address", address, Signal == 0 ? null : "signal_dbm", Signal == 0 ? null : Signal.ToString());
            Address = address;
        }

        return true;
    }

    private int OnLost()
    {
        _log.Warn("network lost", "after_seconds", (StateAge / 1000).ToString());
        Losses++;
        if (StateAge >= StableTime)
        {
            _retry.Reset();
            _slowRetry.Reset();
        }

        return Wait(_retry);
    }

    private int Join()
    {
        Ssid = _network.GetSsid();
        if (Ssid == null)
        {
            return Fail(WifiFailure.NoCredentials);
        }

        Enter(WifiState.Joining);

        // So that there is a figure for the signal, which can not be had while joined, and one that was weak does not stay for
        // good. What is found serves a diagnosis too.
        _hasScanned = (Signal == 0 || Signal < WeakDbm) && Scan();
        _result = _network.Join();
        if (TakeAddress())
        {
            return 0;
        }

        long now = _clock.Milliseconds;
        _deadline = now + SettleTimeout;
        _attemptEnd = now + AddressTimeout;
        if (_result == JoinResult.Joined || _network.IsJoined())
        {
            Enter(WifiState.WaitingForAddress);
            return Poll;
        }

        return _result == JoinResult.Failed ? Poll : Fail(Diagnose());
    }

    private int Settle()
    {
        if (_network.IsJoined())
        {
            Enter(WifiState.WaitingForAddress);
            return Poll;
        }

        return _clock.Milliseconds < _deadline ? Poll : Fail(Diagnose());
    }

    private int AwaitAddress()
    {
        if (!_network.IsJoined())
        {
            // What was joined may have been the attempt before, which is just being ended.
            Enter(WifiState.Joining);
            _result = JoinResult.Failed;
            _deadline = _clock.Milliseconds + SettleTimeout;
            return Poll;
        }

        return _clock.Milliseconds < _attemptEnd ? Poll : Fail(WifiFailure.NoAddress);
    }

    private WifiFailure Diagnose()
    {
        bool isKnown = _hasScanned || Scan();
        return isKnown && Signal != 0 && Signal < WeakDbm ? WifiFailure.WeakSignal : WifiFailures.Find(_result, isKnown, Signal != 0);
    }

    private bool Scan()
    {
        if (_board.GetFreeHeap() < ScanHeap || !_network.TryScan(out int dbm))
        {
            return false;
        }

        _scanned = _clock.Milliseconds;
        Signal = dbm;
        return true;
    }

    private int Fail(WifiFailure failure)
    {
        if (failure != Failure)
        {
            // Once, not at each attempt: a network may be away for days.
            Failure = failure;
            _log.Warn("no network", "error", FailureName, "ssid", Ssid);
        }

        return Wait(failure == WifiFailure.WrongPassword || failure == WifiFailure.NoCredentials ? _slowRetry : _retry);
    }

    private int Wait(Backoff backoff)
    {
        int wait = backoff.Next();
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
