using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Outputs;

[TestClass]
public class BoardLedTests
{
    [TestMethod]
    public void Blinking_leaves_the_LED_as_it_was()
    {
        FakePins pins = new FakePins();
        BoardLed led = new BoardLed(pins);
        led.Show(LedDisplay.On);

        led.Blink(3, 0, new ManualResetEvent(false));

        Assert.AreEqual(7, pins.LedWrites);
        Assert.IsTrue(pins.IsLedOn);
    }

    [TestMethod]
    public void Blinking_can_be_ended()
    {
        FakePins pins = new FakePins();

        new BoardLed(pins).Blink(20, 1000, new ManualResetEvent(true));

        Assert.AreEqual(2, pins.LedWrites);
        Assert.IsFalse(pins.IsLedOn);
    }

    [TestMethod]
    public void What_is_to_be_shown_while_a_command_blinks_is_shown_after_it()
    {
        FakePins pins = new FakePins();
        BoardLed led = new BoardLed(pins);
        ManualResetEvent stop = new ManualResetEvent(false);
        Thread blinking = Blink(led, pins, stop);

        led.Show(LedDisplay.On);
        Assert.AreEqual(1, pins.LedWrites);

        stop.Set();
        blinking.Join();
        Assert.IsTrue(pins.IsLedOn);
    }

    [TestMethod]
    public void The_status_waits_while_a_command_blinks()
    {
        FakePins pins = new FakePins();
        BoardLed led = new BoardLed(pins);
        ManualResetEvent stop = new ManualResetEvent(false);
        Thread blinking = Blink(led, pins, stop);

        Assert.AreEqual("####", Show(led, pins, 4));
        Assert.AreEqual(1, pins.LedWrites);

        stop.Set();
        blinking.Join();
        Assert.AreEqual("# # ", Show(led, pins, 4));
    }

    [TestMethod]
    public void A_write_that_throws_ends_the_blinking_and_leaves_nothing_behind()
    {
        FakePins pins = new FakePins();
        BoardLed led = new BoardLed(pins);
        led.Show(LedDisplay.On);
        pins.LedFails = true;

        Assert.ThrowsException(typeof(InvalidOperationException), () => led.Blink(3, 0, new ManualResetEvent(false)));

        pins.LedFails = false;
        led.Show(LedDisplay.Status);
        Assert.AreEqual("# # ", Show(led, pins, 4));
    }

    [TestMethod]
    public void What_could_not_be_written_is_written_with_the_next_place_of_the_pattern()
    {
        FakePins pins = new FakePins { LedFails = true };
        BoardLed led = new BoardLed(pins);
        led.Status.Status = DeviceStatus.NoSettings;
        led.Start();
        led.Stop();
        Assert.ThrowsException(typeof(InvalidOperationException), () => led.Tick());
        Assert.IsFalse(led.IsOn);

        pins.LedFails = false;
        Assert.AreEqual("##", Show(led, pins, 2));
    }

    [TestMethod]
    public void What_was_asked_for_before_the_start_is_shown_from_the_start_on()
    {
        FakePins pins = new FakePins();
        BoardLed led = new BoardLed(pins);
        led.Show(LedDisplay.On);

        led.Start();

        Assert.IsTrue(pins.IsLedOn);
        led.Show(LedDisplay.Off);
        led.Start();
        Assert.IsFalse(pins.IsLedOn);
    }

    [TestMethod]
    public void A_board_without_pins_has_no_LED()
    {
        BoardLed led = new BoardLed(null);

        led.Show(LedDisplay.On);
        led.Start();

        Assert.IsFalse(led.IsPresent);
        Assert.IsFalse(led.IsOn);
    }

    private static Thread Blink(BoardLed led, FakePins pins, ManualResetEvent stop)
    {
        Thread blinking = new Thread(() => led.Blink(1, 60000, stop));
        blinking.Start();
        while (pins.LedWrites == 0)
        {
            Thread.Sleep(1);
        }

        return blinking;
    }

    private static string Show(BoardLed led, FakePins pins, int ticks)
    {
        string shown = "";
        for (int i = 0; i < ticks; i++)
        {
            led.Tick();
            shown += pins.IsLedOn ? "#" : " ";
        }

        return shown;
    }
}
