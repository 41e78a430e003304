using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Inputs;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Inputs;

/// <summary>Pins that somebody else holds, and has looked at with the board's inputs.</summary>
[TestClass]
public class WatchedPinTests
{
    [TestMethod]
    public void A_pin_is_looked_at_as_long_as_it_is_watched()
    {
        FakePins hardware = new FakePins();
        BoardPins pins = new BoardPins(hardware);
        BoardInputs inputs = NewInputs(pins);
        PinClaim claim = pins.Claim(3UL << 2, "pod a/b");
        WatchedPin two = NewPin(inputs, claim, 2);
        WatchedPin three = NewPin(inputs, claim, 3);

        hardware.LowPin = 2;
        inputs.Look();
        hardware.LowPin = 3;
        inputs.Look();
        Assert.AreEqual(2, two.Edges);
        Assert.AreEqual(1, three.Edges);

        inputs.Unwatch(two);
        inputs.Unwatch(two);
        hardware.LowPin = 2;
        inputs.Look();
        Assert.AreEqual(2, two.Edges);
        Assert.AreEqual(2, three.Edges);
    }

    [TestMethod]
    public void A_pin_that_can_not_be_read_keeps_no_other_from_being_read()
    {
        FakePins hardware = new FakePins();
        BoardPins pins = new BoardPins(hardware);
        BoardInputs inputs = NewInputs(pins);
        PinClaim claim = pins.Claim(3UL << 2, "pod a/b");
        NewPin(inputs, claim, 2);
        WatchedPin three = NewPin(inputs, claim, 3);

        hardware.FailingPin = 2;
        hardware.LowPin = 3;
        inputs.Look();

        Assert.AreEqual(1, three.Edges);
    }

    [TestMethod]
    public void An_edge_wakes_the_loop_that_waits_for_it()
    {
        FakePins hardware = new FakePins();
        BoardPins pins = new BoardPins(hardware);
        BoardInputs inputs = NewInputs(pins);
        WaitingBody body = new WaitingBody();
        ManualClock clock = new ManualClock();
        Loop loop = new Loop("workloads", body, clock, new Logger(new RecordingLog(), new TimeKeeper(clock)), new Random(1));
        WatchedPin pin = NewPin(inputs, pins.Claim(1UL << 2, "pod a/b"), 2);
        pin.Waiter = loop;
        loop.Start();
        Assert.IsTrue(body.Stepped.WaitOne(10000, false));

        hardware.LowPin = 2;
        inputs.Look();

        Assert.IsTrue(body.Stepped.WaitOne(10000, false));
        Assert.IsTrue(loop.Stop(10000));
    }

    private static BoardInputs NewInputs(BoardPins pins)
    {
        ManualClock clock = new ManualClock();
        return new BoardInputs(pins, null, null, "pico-node-1", new TimeKeeper(clock), clock);
    }

    private static WatchedPin NewPin(BoardInputs inputs, PinClaim claim, int pin)
    {
        WatchedPin watched = new WatchedPin(claim, pin, PinPull.Up, 0);
        watched.Begin();
        inputs.Watch(watched);
        return watched;
    }

    private sealed class WaitingBody : ILoopBody
    {
        public AutoResetEvent Stepped { get; } = new AutoResetEvent(false);

        public int Step()
        {
            Stepped.Set();
            return int.MaxValue;
        }
    }
}
