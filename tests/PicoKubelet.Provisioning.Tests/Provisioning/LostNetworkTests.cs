using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Provisioning;
using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>A node whose network goes away, and the setup page that it opens then.</summary>
[TestClass]
public class LostNetworkTests
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;

    [TestMethod]
    [DataRow("", 10)]
    [DataRow("\"setupMinutes\":1", 1)]
    [DataRow("\"setupMinutes\":60", 60)]
    public void After_its_time_the_board_restarts_into_a_network_of_its_own(string settings, int minutes)
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start(settings);
        node.Run((minutes * Minute) - (2 * Second));
        Assert.AreEqual(0, node.Board.Reboots);

        node.Run(5 * Second);
        Assert.AreEqual(1, node.Board.Reboots);
        Assert.AreEqual(ProvisioningMode.AwayReason, node.Board.RebootReason);
        Assert.AreEqual("PicoKubelet-0ABCDE", node.AccessPoint.Ssid);
        Assert.AreEqual(14, node.AccessPoint.Password.Length);
        PageTests.AssertContains(node.Log.Text, "msg=\"no network for long: the setup page opens\" minutes=" + minutes.ToString());
    }

    [TestMethod]
    public void Its_password_is_that_of_the_settings_and_in_no_line_of_the_log()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("\"setupPassword\":\"s3tup-password\"");
        node.Run(11 * Minute);

        Assert.AreEqual("s3tup-password", node.AccessPoint.Password);
        node.RestartServing();
        node.Stop();
        PageTests.AssertContains(node.Log.Text, "msg=\"access point is open\" ssid=PicoKubelet-0ABCDE password=wifi.setupPassword");
        Assert.IsFalse(node.Log.Text.Contains("s3tup-password"));
    }

    [TestMethod]
    public void Who_does_not_want_it_never_gets_it()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("\"setupMinutes\":0");
        node.Run(24 * 60 * Minute);

        Assert.AreEqual(0, node.Board.Reboots);
        Assert.IsNull(node.AccessPoint.Ssid);
    }

    [TestMethod]
    public void A_network_that_is_there_again_begins_the_time_anew()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("");
        node.Run(9 * Minute);
        node.Network.Address = "192.168.1.50";
        node.Run(2 * Second);
        node.Network.Address = null;
        node.Run(9 * Minute);
        Assert.AreEqual(0, node.Board.Reboots);

        node.Run(2 * Minute);
        Assert.AreEqual(1, node.Board.Reboots);
    }

    [TestMethod]
    public void Outputs_are_not_given_up_for_it()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.StoreOutput(2);
        node.Start("");
        node.Run(60 * Minute);

        Assert.AreEqual(2, node.Pins.LastPin);
        Assert.AreEqual(0, node.Board.Reboots);
    }

    [TestMethod]
    public void A_Pico_can_not_open_one()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("", hasAccessPoint: false);
        node.Run(60 * Minute);

        Assert.AreEqual(0, node.Board.Reboots);
    }

    [TestMethod]
    public void The_board_comes_back_as_a_node_once_its_network_does()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("");
        node.Run(11 * Minute);
        Assert.AreEqual(1, node.Board.Reboots);

        node.RestartServing();
        node.Network.AddressOnConnect = "192.168.1.50";
        node.Clock.Advance(20 * Second);
        node.WaitForReboots(2);
        Assert.AreEqual("network is back", node.Board.RebootReason);
        node.Stop();
    }

    [TestMethod]
    public void A_page_whose_thread_is_stuck_is_ended_by_the_supervisor()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("");
        node.Run(11 * Minute);
        node.RestartServing();
        ManualResetEvent hold = new ManualResetEvent(false);
        node.AccessPoint.Dhcp.Hold = hold;
        while (!node.AccessPoint.Dhcp.IsHeld)
        {
            Thread.Sleep(1);
        }

        node.Clock.Advance(Supervisor.MaxStepMilliseconds + Second);
        node.WaitForReboots(2);
        hold.Set();
        node.Stop();

        Assert.AreEqual("loop setup page is stuck", node.Board.RebootReason);
    }

    [TestMethod]
    public void Nobody_came_and_the_next_time_is_later()
    {
        LostNetworkHarness node = new LostNetworkHarness();
        node.Start("");
        node.Run(11 * Minute);
        node.StoreReboot(ProvisioningMode.ClosedReason, 1);
        node.Restart();
        node.Run(19 * Minute);
        Assert.AreEqual(2, node.Board.Reboots);
        node.Run(2 * Minute);
        Assert.AreEqual(3, node.Board.Reboots);
        Assert.AreEqual(ProvisioningMode.AwayReason, node.Board.RebootReason);

        // Once the network was there, it is not any more.
        node.StoreReboot(ProvisioningMode.ClosedReason, 9);
        node.Restart();
        node.Network.Address = "192.168.1.50";
        node.Run(2 * Second);
        node.Network.Address = null;
        node.Run(9 * Minute);
        Assert.AreEqual(4, node.Board.Reboots);
        node.Run(2 * Minute);
        Assert.AreEqual(5, node.Board.Reboots);
    }
}
