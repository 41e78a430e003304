using PicoKubelet.Inputs;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Inputs;

/// <summary>Inputs on fakes, which look when the test has them look.</summary>
internal sealed class SensorHarness
{
    public SensorHarness()
    {
        Pins = new BoardPins(new FakePins());
        Inputs = new BoardInputs(Pins, Peripherals, null, "pico-node-1", new TimeKeeper(Clock), Clock);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public FakePeripherals Peripherals { get; } = new FakePeripherals();

    public BoardPins Pins { get; }

    public BoardInputs Inputs { get; }
}
