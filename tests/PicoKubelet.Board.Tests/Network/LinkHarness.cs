using System;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Network;

/// <summary>A link over a network that the test sets.</summary>
internal sealed class LinkHarness
{
    public LinkHarness()
    {
        Link = new Link(Network, new Logger(Log, new TimeKeeper(new ManualClock())), new Random(1));
    }

    public FakeNetwork Network { get; } = new FakeNetwork();

    public RecordingLog Log { get; } = new RecordingLog();

    public Link Link { get; }
}
