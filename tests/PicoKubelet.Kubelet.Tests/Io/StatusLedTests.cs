using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Io;
using PicoKubelet.Network;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Io;

[TestClass]
public class StatusLedTests
{
    [TestMethod]
    public void Each_status_has_a_pattern_and_a_name_of_its_own()
    {
        for (int i = 0; i < StatusLed.Count; i++)
        {
            int pattern = StatusLed.PatternOf((DeviceStatus)i);
            Assert.IsTrue(pattern > 0 && pattern < 1 << StatusLed.Ticks);
            for (int other = 0; other < i; other++)
            {
                Assert.IsFalse(pattern == StatusLed.PatternOf((DeviceStatus)other), i.ToString() + " is as " + other.ToString());
                Assert.IsFalse(StatusLed.NameOf((DeviceStatus)i) == StatusLed.NameOf((DeviceStatus)other));
            }
        }
    }

    // A pattern that ended lit would run into its own beginning, which is lit, but for those that go on without a pause.
    [TestMethod]
    public void Patterns_to_count_end_with_a_pause()
    {
        for (int i = (int)DeviceStatus.NoNetwork; i <= (int)DeviceStatus.Ready; i++)
        {
            Assert.IsTrue(StatusLed.PatternOf((DeviceStatus)i) < 1 << (StatusLed.Ticks - 5), i.ToString());
        }
    }

    [TestMethod]
    [DataRow((int)WifiFailure.NoNetwork, (int)DeviceStatus.NoNetwork)]
    [DataRow((int)WifiFailure.WrongPassword, (int)DeviceStatus.WrongPassword)]
    [DataRow((int)WifiFailure.NoAddress, (int)DeviceStatus.NoAddress)]
    [DataRow((int)WifiFailure.WeakSignal, (int)DeviceStatus.WeakSignal)]
    [DataRow((int)WifiFailure.Other, (int)DeviceStatus.JoinFailed)]
    [DataRow((int)WifiFailure.NoCredentials, (int)DeviceStatus.NoCredentials)]
    [DataRow((int)WifiFailure.None, (int)DeviceStatus.Joining)]
    public void A_failure_of_the_WiFi_is_a_status(int failure, int status)
    {
        Assert.AreEqual(status, failure);
    }

    [TestMethod]
    public void The_pattern_is_shown_over_and_over()
    {
        FakePins pins = new FakePins();
        StatusLed led = new StatusLed(new LedController(pins)) { Status = DeviceStatus.WrongPassword };

        Assert.AreEqual("# # #               # # #               ", Show(led, pins, 2 * StatusLed.Ticks));
        Assert.AreEqual(12, pins.LedWrites);
    }

    [TestMethod]
    public void A_new_status_begins_its_pattern_at_once()
    {
        FakePins pins = new FakePins();
        StatusLed led = new StatusLed(new LedController(pins)) { Status = DeviceStatus.WrongPassword };
        Show(led, pins, 7);

        led.Status = DeviceStatus.NoTime;

        Assert.AreEqual("####  # ", Show(led, pins, 8));
    }

    [TestMethod]
    public void A_command_that_blinks_is_left_alone()
    {
        FakePins pins = new FakePins();
        LedController controller = new LedController(pins);
        StatusLed led = new StatusLed(controller) { Status = DeviceStatus.Joining };
        ManualResetEvent stop = new ManualResetEvent(false);
        Thread blinking = new Thread(() => controller.Blink(1, 60000, stop));
        blinking.Start();
        while (pins.LedWrites == 0)
        {
            Thread.Sleep(1);
        }

        Assert.AreEqual("####", Show(led, pins, 4));
        Assert.AreEqual(1, pins.LedWrites);

        stop.Set();
        blinking.Join();
        Assert.AreEqual("# # ", Show(led, pins, 4));
    }

    private static string Show(StatusLed led, FakePins pins, int ticks)
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
