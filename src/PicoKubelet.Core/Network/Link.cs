using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;

namespace PicoKubelet.Network;

/// <summary>Keeps the network interface up and knows its address, which DHCP may change at any time.</summary>
public sealed class Link
{
    // Joining takes up to 20 s on a device, DHCP a few more.
    private const int ConnectTimeout = 30 * 1000;
    private const int FirstWait = 500;

    // Short, since an attempt itself takes its time: on a device it waits for the access point.
    private const int LongestWait = 4 * 1000;

    private readonly INetworkInterface _network;
    private readonly Logger _log;
    private readonly Backoff _backoff;
    private bool _wasUp;

    /// <summary>Initializes the link.</summary>
    /// <param name="network">The network interface.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public Link(INetworkInterface network, Logger log, Random random)
    {
        _network = network;
        _log = log;
        _backoff = new Backoff(FirstWait, LongestWait, random);
    }

    /// <summary>Gets the address as of the last look, or null.</summary>
    public string Address { get; private set; }

    /// <summary>Looks for the address, and joins the network where there is none.</summary>
    /// <returns>0 when there is an address; otherwise how long to wait before the next look, in milliseconds.</returns>
    public int EnsureUp()
    {
        string address = _network.GetAddress();
        string failure = null;
        if (address == null)
        {
            if (_wasUp)
            {
                _log.Warn("network lost");
                _wasUp = false;
            }

            Address = null;
            failure = _network.Connect(ConnectTimeout);
            address = _network.GetAddress();
        }

        if (address == null)
        {
            int wait = _backoff.Next();
            _log.Warn("no network", "error", failure ?? "no address");
            return wait;
        }

        _backoff.Reset();
        _wasUp = true;
        if (address != Address)
        {
            _log.Info("network up", "address", address);
            Address = address;
        }

        return 0;
    }
}
