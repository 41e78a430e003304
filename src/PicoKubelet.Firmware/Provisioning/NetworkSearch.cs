using PicoKubelet.Hardware;
using PicoKubelet.Settings;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Goes on trying the board's networks while its setup page is open: by joining them, since one whose password was changed is seen
/// as well as ever. Each attempt takes the radio from the page's channel for seconds, so they are few.
/// </summary>
internal sealed class NetworkSearch
{
    /// <summary>How long the page has for itself after it was opened, milliseconds.</summary>
    public const int FirstMilliseconds = 15 * 1000;

    /// <summary>How long it has between two rounds of attempts, milliseconds.</summary>
    public const int IntervalMilliseconds = 60 * 1000;

    // As the link waits for DHCP.
    private const int AddressMilliseconds = 20 * 1000;

    private readonly INetworkInterface _network;
    private readonly IClock _clock;
    private readonly WifiSettings _settings;
    private long _next;
    private long _deadline;
    private bool _isSecond;

    /// <summary>Initializes the search.</summary>
    /// <param name="network">The network interface.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="settings">The second network and the static address, where there are any.</param>
    public NetworkSearch(INetworkInterface network, IClock clock, WifiSettings settings)
    {
        _network = network;
        _clock = clock;
        _settings = settings;
        _next = clock.Milliseconds + FirstMilliseconds;
    }

    /// <summary>Gets whether a network is joined, and its address awaited.</summary>
    public bool IsUnderWay => _deadline > 0;

    /// <summary>Does what is due.</summary>
    /// <returns>Whether a network is back: joined, with an address.</returns>
    public bool Look()
    {
        if (!IsUnderWay)
        {
            return _clock.Milliseconds >= _next && Join();
        }

        if (_network.GetAddress() != null)
        {
            return true;
        }

        if (_clock.Milliseconds >= _deadline)
        {
            GiveUp();
        }

        return false;
    }

    private bool Join()
    {
        JoinResult result = _isSecond ? _network.Join(_settings.SecondSsid, _settings.SecondPassword) : _network.Join(null, null);
        if (result != JoinResult.Joined)
        {
            GiveUp();
            return false;
        }

        if (_settings.Address != null)
        {
            _network.UseAddress(_isSecond ? null : _settings.Address);
        }

        _deadline = _clock.Milliseconds + AddressMilliseconds;
        return _network.GetAddress() != null;
    }

    private void GiveUp()
    {
        // Or the radio would go on by itself, from channel to channel, and nobody could use the page.
        _network.Leave();
        _deadline = 0;
        _isSecond = !_isSecond && _settings.SecondSsid != null;
        _next = _clock.Milliseconds + (_isSecond ? 0 : IntervalMilliseconds);
    }
}
