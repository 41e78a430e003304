using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Network;

/// <summary>A link over a radio that the test sets.</summary>
internal sealed class LinkHarness
{
    public LinkHarness(WifiSettings settings = null)
    {
        Network.Clock = Clock;
        Link = new Link(Network, Board, Clock, new Logger(Log, new TimeKeeper(Clock)), new Random(1), settings ?? new WifiSettings());
    }

    public ManualClock Clock { get; } = new ManualClock();

    public FakeNetwork Network { get; } = new FakeNetwork();

    public FakeBoard Board { get; } = new FakeBoard();

    public RecordingLog Log { get; } = new RecordingLog();

    public Link Link { get; }

    /// <summary>A link that is up.</summary>
    public static LinkHarness Up()
    {
        LinkHarness harness = new LinkHarness();
        harness.Link.EnsureUp();
        return harness;
    }

    /// <summary>A link that has no address, over a network as seen by the radio.</summary>
    public static LinkHarness Down(int signal = 0)
    {
        LinkHarness harness = new LinkHarness();
        harness.Network.Address = null;
        harness.Network.Signal = signal;
        return harness;
    }

    /// <summary>A link that has no address, with a second network in its settings, for the password <c>second-password</c>.</summary>
    public static LinkHarness WithSecond(StaticAddress address = null)
    {
        LinkHarness harness = new LinkHarness(new WifiSettings { SecondSsid = "phone", SecondPassword = "second-password", Address = address });
        harness.Network.Address = null;
        return harness;
    }

    /// <summary>Lets the loop run for a time, as the node's does: it comes back when it was told to, or after a second.</summary>
    public void Run(long milliseconds)
    {
        long end = Clock.Milliseconds + milliseconds;
        while (Clock.Milliseconds < end)
        {
            int wait = Link.EnsureUp();
            if (wait < 0 || wait > 1000)
            {
                throw new InvalidOperationException("not looked at for " + wait.ToString());
            }

            long left = end - Clock.Milliseconds;
            wait = wait == 0 ? 1000 : wait;
            Clock.Advance(wait < left ? wait : left < 0 ? 0 : left);
        }
    }
}
