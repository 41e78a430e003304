using System;
using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Inputs;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using PicoKubelet.Wiring;

namespace PicoKubelet.Tests.Inputs;

/// <summary>Digital inputs: edges, bouncing, pins and Events.</summary>
[TestClass]
public class BoardInputsTests
{
    [TestMethod]
    public void A_level_counts_that_stays_for_the_time_of_bouncing()
    {
        FakePins pins = new FakePins();
        ManualClock clock = new ManualClock();
        BoardInputs inputs = NewInputs(pins, clock);
        inputs.Use(new InputSpec("door", 2) { Debounce = 50 });
        DigitalInput door = Input(inputs, 0);
        Assert.IsTrue(door.IsOn);
        Assert.AreEqual(0, door.Edges);

        // It bounces: no level stays for 50 ms.
        for (int i = 0; i < 6; i++)
        {
            pins.LowPin = i % 2 == 0 ? 2 : -1;
            inputs.Look();
            clock.Advance(40);
        }

        Assert.AreEqual(0, door.Edges);
        pins.LowPin = 2;
        inputs.Look();
        clock.Advance(49);
        inputs.Look();
        Assert.IsTrue(door.IsOn);
        clock.Advance(1);
        inputs.Look();
        Assert.IsFalse(door.IsOn);
        Assert.AreEqual(1, door.Edges);

        pins.LowPin = -1;
        inputs.Look();
        clock.Advance(50);
        inputs.Look();
        Assert.IsTrue(door.IsOn);
        Assert.AreEqual(2, door.Edges);
    }

    [TestMethod]
    public void Without_bouncing_the_first_look_counts_and_an_inverted_input_is_on_while_low()
    {
        FakePins pins = new FakePins();
        BoardInputs inputs = NewInputs(pins, new ManualClock());
        inputs.Use(new InputSpec("button", 3) { Debounce = 0, IsInverted = true, Pull = PinPull.None });
        Assert.AreEqual((int)PinPull.None, (int)pins.LastPull);
        Assert.IsFalse(Input(inputs, 0).IsOn);

        pins.LowPin = 3;
        inputs.Look();

        Assert.IsTrue(Input(inputs, 0).IsOn);
        Assert.AreEqual(1, Input(inputs, 0).Edges);
    }

    [TestMethod]
    public void A_pin_belongs_to_its_input_until_the_configuration_leaves_it_out()
    {
        BoardPins pins = new BoardPins(new FakePins());
        BoardInputs inputs = NewInputs(pins, new ManualClock());
        WiredList wanted = new WiredList(2);
        wanted.Add(new InputSpec("door", 2));
        wanted.Add(new InputSpec("window", 3));
        inputs.Use(wanted.Get(0));
        inputs.Use(wanted.Get(1));
        inputs.Use(wanted.Get(1));
        Assert.IsNotNull(Input(inputs, 1));
        Assert.AreEqual("inputs window", pins.OwnerOf(3));
        Assert.ThrowsException(typeof(InvalidOperationException), () => pins.Command(2, true));

        // The same line keeps what was counted; another one begins anew.
        DigitalInput window = Input(inputs, 1);
        WiredList next = new WiredList(2);
        next.Add(new InputSpec("door", 2) { IsInverted = true });
        next.Add(new InputSpec("window", 3));
        inputs.Keep(WiredKind.Input, next);
        Assert.IsNull(Input(inputs, 1));
        Assert.AreSame(window, Input(inputs, 0));
        Assert.IsNull(pins.OwnerOf(2));
        inputs.Use(next.Get(0));
        Assert.AreEqual("inputs door", pins.OwnerOf(2));

        inputs.Keep(WiredKind.Input, WiredList.None);
        Assert.IsNull(Input(inputs, 0));
        pins.Command(2, true);
        Assert.IsTrue(pins.IsHigh(2));
    }

    [TestMethod]
    public void A_pin_that_is_taken_is_named_with_its_owner_and_one_that_fails_is_given_back()
    {
        FakePins device = new FakePins();
        BoardPins pins = new BoardPins(device);
        BoardInputs inputs = NewInputs(pins, new ManualClock());
        pins.Configure(2, true);
        Assert.AreEqual("pin 2 is in use by configmap", Refusal(inputs, new InputSpec("door", 2)));
        Assert.AreEqual("pin 6 is not free", Refusal(inputs, new InputSpec("door", 6)));

        device.FailingPin = 3;
        Assert.AreEqual("does not answer", Refusal(inputs, new InputSpec("door", 3)));
        Assert.IsNull(pins.OwnerOf(3));
        Assert.IsNull(Input(inputs, 0));
    }

    [TestMethod]
    public void An_input_that_fails_is_counted_and_the_others_go_on()
    {
        FakePins pins = new FakePins();
        BoardInputs inputs = NewInputs(pins, new ManualClock());
        inputs.Use(new InputSpec("door", 2) { Debounce = 0 });
        inputs.Use(new InputSpec("window", 3) { Debounce = 0 });
        pins.FailingPin = 2;
        pins.LowPin = 3;

        inputs.Look();
        inputs.Look();

        Assert.AreEqual(2, Input(inputs, 0).Errors);
        Assert.IsTrue(Input(inputs, 0).IsOn);
        Assert.AreEqual(0, Input(inputs, 1).Errors);
        Assert.IsFalse(Input(inputs, 1).IsOn);
    }

    [TestMethod]
    public void An_edge_is_told_where_the_line_asks_for_it_and_no_more_often_than_Events_may_be()
    {
        NodeHarness node = new NodeHarness(NodeHarness.NewSettings(), true);
        node.Run(5000);
        FakePins pins = new FakePins();
        BoardInputs inputs = new BoardInputs(new BoardPins(pins), null, node.Events, "pico-node-1", node.Time, node.Clock);
        inputs.Use(new InputSpec("door", 2) { Debounce = 0, HasEvents = true });
        inputs.Use(new InputSpec("window", 3) { Debounce = 0 });
        int before = node.Server.CountOf("create-event");
        int statuses = node.Server.CountOf("status");

        Flip(pins, 3, inputs);
        node.Run(2000);
        Assert.AreEqual(before, node.Server.CountOf("create-event"));

        Flip(pins, 2, inputs);
        node.Run(2000);
        Assert.AreEqual(before + 2, node.Server.CountOf("create-event"));
        Assert.Contains("\"reason\":\"InputO", node.Server.LastOf("create-event").Body);
        Assert.Contains("\"message\":\"input door (GPIO2) is o", node.Server.LastOf("create-event").Body);
        Assert.Contains("\"fieldPath\":\"inputs{door}\"", node.Server.LastOf("create-event").Body);

        for (int i = 0; i < 200; i++)
        {
            Flip(pins, 2, inputs);
            node.Run(100);
        }

        Assert.AreEqual(402, Input(inputs, 0).Edges);
        Assert.IsTrue(node.Server.CountOf("raise-event") <= 25, node.Server.CountOf("raise-event").ToString());
        Assert.AreEqual(before + 2, node.Server.CountOf("create-event"));
        Assert.AreEqual(statuses, node.Server.CountOf("status"));
    }

    // Low, and high again.
    private static void Flip(FakePins pins, int pin, BoardInputs inputs)
    {
        pins.LowPin = pin;
        inputs.Look();
        pins.LowPin = -1;
        inputs.Look();
    }

    private static DigitalInput Input(BoardInputs inputs, int place)
    {
        int index = 0;
        WiredPart part = inputs.Next(WiredKind.Input, ref index);
        for (int i = 0; i < place; i++)
        {
            part = inputs.Next(WiredKind.Input, ref index);
        }

        return (DigitalInput)part;
    }

    private static string Refusal(BoardInputs inputs, InputSpec spec)
    {
        try
        {
            inputs.Use(spec);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static BoardInputs NewInputs(FakePins pins, ManualClock clock)
    {
        return NewInputs(new BoardPins(pins), clock);
    }

    private static BoardInputs NewInputs(BoardPins pins, ManualClock clock)
    {
        return new BoardInputs(pins, null, null, "pico-node-1", new PicoKubelet.Time.TimeKeeper(clock), clock);
    }
}
