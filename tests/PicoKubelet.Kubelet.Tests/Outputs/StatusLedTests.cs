using nanoFramework.TestFramework;
using PicoKubelet.Network;
using PicoKubelet.Outputs;

namespace PicoKubelet.Tests.Outputs;

[TestClass]
public class StatusLedTests
{
    [TestMethod]
    public void Each_status_has_a_pattern_and_a_name_of_its_own()
    {
        for (int i = 0; i <= (int)DeviceStatus.NoSettings; i++)
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
        StatusLed led = new StatusLed { Status = DeviceStatus.WrongPassword };

        Assert.AreEqual("# # #               # # #               ", Show(led, 2 * StatusLed.Ticks));
    }

    [TestMethod]
    public void A_new_status_begins_its_pattern_at_once()
    {
        StatusLed led = new StatusLed { Status = DeviceStatus.WrongPassword };
        Show(led, 7);

        led.Status = DeviceStatus.NoTime;

        Assert.AreEqual("####  # ", Show(led, 8));
    }

    private static string Show(StatusLed led, int ticks)
    {
        string shown = "";
        for (int i = 0; i < ticks; i++)
        {
            shown += led.Next() ? "#" : " ";
        }

        return shown;
    }
}
