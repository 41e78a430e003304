using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

[TestClass]
public class LinkTests
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;
    private const int Hour = 60 * Minute;

    [TestMethod]
    public void An_interface_that_is_up_is_left_alone()
    {
        LinkHarness harness = new LinkHarness();
        Link link = harness.Link;
        Assert.IsNull(link.Address);

        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual(0, link.EnsureUp());

        Assert.AreEqual("192.168.1.50", link.Address);
        Assert.AreEqual(0, harness.Network.Connects);
        Assert.AreEqual(0, harness.Network.Scans);
        Assert.AreEqual("level=info msg=\"network up\" address=192.168.1.50\n", harness.Log.Text);
        Assert.AreEqual("home", link.Ssid);
        Assert.AreEqual(1, link.Joins);
        Assert.AreEqual("connected", link.StateName);
    }

    [TestMethod]
    public void The_network_is_joined_and_its_signal_measured_once()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.AddressOnConnect = "10.0.0.7";
        Link link = harness.Link;

        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual("10.0.0.7", link.Address);
        Assert.AreEqual(-55, link.Signal);
        Assert.AreEqual("level=info msg=\"network up\" address=10.0.0.7 signal_dbm=-55\n", harness.Log.Text);

        harness.Network.Address = null;
        harness.Run(2 * Second);
        Assert.AreEqual("10.0.0.7", link.Address);
        Assert.AreEqual(2, harness.Network.Connects);
        Assert.AreEqual(1, harness.Network.Scans);
        Assert.AreEqual(2, link.Joins);
        Assert.AreEqual(1, link.Losses);
    }

    [TestMethod]
    public void A_network_that_was_out_of_sight_is_measured_again_before_it_is_joined()
    {
        LinkHarness harness = LinkHarness.Down();
        harness.Run(Minute);
        Assert.AreEqual(harness.Network.Connects, harness.Network.Scans);
        Assert.AreEqual(0, harness.Link.Signal);

        harness.Network.Signal = -62;
        harness.Network.AddressOnConnect = "10.0.0.7";
        harness.Run(9 * Second);
        Assert.AreEqual("10.0.0.7", harness.Link.Address);
        Assert.AreEqual(-62, harness.Link.Signal);
    }

    // What the radio says, whether it can look around, the signal that it finds, and what is made of it.
    [TestMethod]
    [DataRow((int)JoinResult.Refused, true, -55, (int)WifiFailure.WrongPassword)]
    [DataRow((int)JoinResult.Refused, true, 0, (int)WifiFailure.WrongPassword)]
    [DataRow((int)JoinResult.Refused, true, -91, (int)WifiFailure.WeakSignal)]
    [DataRow((int)JoinResult.Refused, false, 0, (int)WifiFailure.WrongPassword)]
    [DataRow((int)JoinResult.NotFound, true, -55, (int)WifiFailure.Other)]
    [DataRow((int)JoinResult.NotFound, true, 0, (int)WifiFailure.NoNetwork)]
    [DataRow((int)JoinResult.NotFound, true, -91, (int)WifiFailure.WeakSignal)]
    [DataRow((int)JoinResult.NotFound, false, 0, (int)WifiFailure.NoNetwork)]
    [DataRow((int)JoinResult.NoAnswer, true, -55, (int)WifiFailure.WrongPassword)]
    [DataRow((int)JoinResult.NoAnswer, true, 0, (int)WifiFailure.NoNetwork)]
    [DataRow((int)JoinResult.NoAnswer, true, -91, (int)WifiFailure.WeakSignal)]
    [DataRow((int)JoinResult.NoAnswer, false, 0, (int)WifiFailure.Other)]
    [DataRow((int)JoinResult.Failed, true, -55, (int)WifiFailure.Other)]
    [DataRow((int)JoinResult.Failed, true, 0, (int)WifiFailure.NoNetwork)]
    [DataRow((int)JoinResult.Failed, true, -91, (int)WifiFailure.WeakSignal)]
    [DataRow((int)JoinResult.Failed, false, 0, (int)WifiFailure.Other)]
    [DataRow((int)JoinResult.Refused, true, -80, (int)WifiFailure.WrongPassword)]
    [DataRow((int)JoinResult.Refused, true, -81, (int)WifiFailure.WeakSignal)]
    public void Why_it_fails_is_told_from_the_radios_word_and_a_look_around(int result, bool canScan, int signal, int failure)
    {
        LinkHarness harness = LinkHarness.Down(signal);
        harness.Network.Result = (JoinResult)result;
        harness.Network.CanScan = canScan;

        harness.Run(6 * Second);

        Assert.AreEqual(failure, (int)harness.Link.Failure);
        Assert.AreEqual(1, harness.Log.Count);
        Assert.AreEqual("level=warning msg=\"no network\" error=\"" + harness.Link.FailureName + "\" ssid=home", harness.Log.LastLine);
    }

    [TestMethod]
    public void Without_room_on_the_heap_for_its_result_there_is_no_scan()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.NoAnswer;
        harness.Board.FreeHeap = 12 * 1024 - 1;
        harness.Link.EnsureUp();
        Assert.AreEqual(0, harness.Network.Scans);
        Assert.AreEqual((int)WifiFailure.Other, (int)harness.Link.Failure);

        harness.Board.FreeHeap = 12 * 1024;
        harness.Run(Second);
        Assert.IsTrue(harness.Network.Scans > 0);
        Assert.AreEqual((int)WifiFailure.WrongPassword, (int)harness.Link.Failure);
    }

    [TestMethod]
    public void Without_a_network_in_its_configuration_the_radio_is_left_alone()
    {
        LinkHarness harness = LinkHarness.Down();
        harness.Network.Ssid = null;
        harness.Run(Hour);

        Assert.AreEqual((int)WifiFailure.NoCredentials, (int)harness.Link.Failure);
        Assert.AreEqual(0, harness.Network.Connects);
        Assert.AreEqual("level=warning msg=\"no network\" error=\"no Wi-Fi network configured\" ssid=\"\"\n", harness.Log.Text);

        harness.Network.Ssid = "home";
        harness.Network.AddressOnConnect = "10.0.0.7";
        harness.Run(Minute + Second);
        Assert.AreEqual("10.0.0.7", harness.Link.Address);
    }

    [TestMethod]
    public void An_address_is_waited_for_and_its_absence_told()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.Joined;
        harness.Network.IsLinkUp = true;

        harness.Run(19 * Second);
        Assert.AreEqual("waiting for an address", harness.Link.StateName);
        Assert.IsNull(harness.Link.FailureName);
        Assert.AreEqual(1, harness.Network.Connects);

        harness.Run(2 * Second);
        Assert.AreEqual("no address from DHCP", harness.Link.FailureName);
        Assert.AreEqual(1, harness.Network.Scans);

        harness.Run(5 * Minute);
        Assert.AreEqual(1, harness.Log.Count);
        Assert.IsTrue(harness.Network.Connects > 8 && harness.Network.Connects < 16, harness.Network.Connects.ToString());

        harness.Network.Address = "10.0.0.7";
        harness.Run(Second);
        Assert.AreEqual("10.0.0.7", harness.Link.Address);
        Assert.IsNull(harness.Link.FailureName);
    }

    [TestMethod]
    public void A_pico_that_is_silent_but_joined_lacks_an_address_not_a_password()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.NoAnswer;
        harness.Network.JoinMilliseconds = 20 * Second;
        harness.Network.IsLinkUp = true;
        harness.Run(45 * Second);

        Assert.AreEqual("no address from DHCP", harness.Link.FailureName);
    }

    // An ESP32 that was just connecting by itself reports the end of that attempt, and goes on with the new one.
    [TestMethod]
    public void An_attempt_that_goes_on_after_a_failure_is_not_cut_short()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.Failed;
        harness.Run(3 * Second);
        Assert.AreEqual("joining", harness.Link.StateName);
        Assert.AreEqual(1, harness.Network.Connects);

        harness.Network.IsLinkUp = true;
        harness.Run(2 * Second);
        Assert.AreEqual("waiting for an address", harness.Link.StateName);

        harness.Network.Address = "10.0.0.7";
        harness.Run(Second);
        Assert.AreEqual("connected", harness.Link.StateName);
        Assert.AreEqual(1, harness.Network.Connects);
        Assert.AreEqual(0, harness.Log.CountOf("level=warning"));
    }

    [TestMethod]
    public void A_link_that_drops_before_the_address_comes_is_given_a_while_to_return()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.Joined;
        harness.Network.IsLinkUp = true;
        harness.Run(2 * Second);
        harness.Network.IsLinkUp = false;
        harness.Run(2 * Second);
        Assert.AreEqual("joining", harness.Link.StateName);
        Assert.IsNull(harness.Link.FailureName);

        harness.Run(5 * Second);
        Assert.AreEqual("can not join", harness.Link.FailureName);
    }

    [TestMethod]
    public void A_link_that_drops_over_and_over_before_the_address_comes_is_a_failure_all_the_same()
    {
        LinkHarness harness = LinkHarness.Down(-55);
        harness.Network.Result = JoinResult.Joined;
        for (int i = 0; i < 12; i++)
        {
            harness.Network.IsLinkUp = !harness.Network.IsLinkUp;
            harness.Run(2 * Second);
        }

        Assert.IsNotNull(harness.Link.FailureName);
        Assert.IsTrue(harness.Network.Connects > 1);
    }

    [TestMethod]
    public void A_changed_address_is_told_and_is_no_loss()
    {
        LinkHarness harness = LinkHarness.Up();
        harness.Network.Address = "192.168.1.51";

        Assert.AreEqual(0, harness.Link.EnsureUp());

        Assert.AreEqual("192.168.1.51", harness.Link.Address);
        Assert.AreEqual(2, harness.Log.CountOf("network up"));
        Assert.AreEqual(1, harness.Link.Joins);
        Assert.AreEqual(0, harness.Link.Losses);
    }

    [TestMethod]
    public void How_long_a_state_lasts_is_told()
    {
        LinkHarness harness = LinkHarness.Up();
        harness.Run(90 * Second);
        Assert.AreEqual(90L * Second, harness.Link.StateAge);

        harness.Network.Address = null;
        harness.Link.EnsureUp();
        Assert.AreEqual(0L, harness.Link.StateAge);
    }
}
