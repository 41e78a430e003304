using PicoKubelet.Hardware;
using PicoKubelet.Time;

namespace PicoKubelet.Network;

// An attempt to join a network, and what becomes of it.
public sealed partial class Link
{
    // DHCP's first three tries, after 2, 4 and 8 s, and the answer.
    private const int AddressTimeout = 20 * 1000;

    // How long an ESP32 may go on with an attempt after it reported the end of the one before.
    private const int SettleTimeout = 5 * 1000;
    private const int Poll = 500;
    private const int Soon = 1;

    // A scan's result takes 200 bytes of heap a network, and there are at most 32.
    private const int ScanHeap = 12 * 1024;

    private int Join()
    {
        _current = _networks[_next];
        _current.Ssid = _current.OwnSsid ?? _network.GetSsid();
        if (_current.Ssid == null)
        {
            return Fail(WifiFailure.NoCredentials);
        }

        Enter(WifiState.Joining);

        // So that there is a figure for the signal, which can not be had while joined, and one that was weak does not stay for
        // good. What is found serves a diagnosis too.
        _hasScanned = _current.NeedsScan && Scan();
        _result = _network.Join(_current.OwnSsid, _current.Password);
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
        return isKnown && _current.IsWeak ? WifiFailure.WeakSignal : WifiFailures.Find(_result, isKnown, Signal != 0);
    }

    private bool Scan()
    {
        if (_board.GetFreeHeap() < ScanHeap || !_network.TryScan(_current.Ssid, out int dbm))
        {
            return false;
        }

        _current.Scanned = _clock.Milliseconds;
        _current.Signal = dbm;
        return true;
    }

    private int Fail(WifiFailure failure)
    {
        if (failure != _current.Failure)
        {
            // Once, not at each attempt: a network may be away for days.
            _current.Failure = failure;
            _log.Warn("no network", "error", WifiFailures.NameOf(failure), "ssid", Ssid);
        }

        _next = (_next + 1) % NetworkCount;
        if (_next > 0)
        {
            // The second at once; the wait comes when both have failed.
            return Wait(Soon);
        }

        // What only a person can mend is tried more slowly, but not where another network may come back without one.
        bool isForAPerson = true;
        foreach (WifiNetwork network in _networks)
        {
            isForAPerson = isForAPerson && network.IsForAPerson;
        }

        return Wait(isForAPerson ? Backoff.Next(ref _slowRetry, FirstWait, LongestSlowWait, _random) : Backoff.Next(ref _retry, FirstWait, LongestWait, _random));
    }
}
