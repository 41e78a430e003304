using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Runtime;

/// <summary>What sends a ring's lines to a syslog host, over a network that keeps them.</summary>
internal sealed class SyslogHarness
{
    public SyslogHarness(string host)
    {
        DeviceSettings settings = new DeviceSettings { SyslogHost = host, SyslogPort = 5140 };
        Syslog = new Syslog(Ring, Sockets, Clock, settings, "pico-1", 7);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public LoopbackSockets Sockets { get; } = new LoopbackSockets();

    public LogRing Ring { get; } = new LogRing(2048, true);

    public Syslog Syslog { get; }
}
