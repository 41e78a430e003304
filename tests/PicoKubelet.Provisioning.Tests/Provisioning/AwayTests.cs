using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Provisioning;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>A setup page that opened because the board's network was away, and what closes it.</summary>
[TestClass]
public class AwayTests
{
    private const string Second = ",\"wifi\":{\"secondSsid\":\"phone\",\"secondPassword\":\"second-password\"}";

    [TestMethod]
    public void The_network_is_tried_now_and_then_and_the_radio_keeps_still_between()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        Assert.IsTrue(board.Run(14));
        Assert.AreEqual(0, board.Network.Connects);

        Assert.IsTrue(board.Run(285));
        Assert.AreEqual(5, board.Network.Connects);
        Assert.AreEqual(5, board.Network.Leaves);
    }

    [TestMethod]
    public void When_it_is_back_the_page_closes_and_the_board_restarts_into_it()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        Assert.IsTrue(board.Run(60));
        board.Network.AddressOnConnect = "192.168.1.50";

        Assert.IsFalse(board.Run(20));

        Assert.AreEqual("network is back", board.Board.RebootReason);
        Assert.AreEqual(1, board.AccessPoint.Closes);
        Assert.AreEqual(0, board.RebootsInARow());
        Assert.IsNull(board.Mode.Address);
        PageTests.AssertContains(board.Log.Text, "msg=\"access point closes: the network is back\"");
    }

    [TestMethod]
    public void The_second_network_will_do()
    {
        ProvisioningHarness board = ProvisioningHarness.Away(Second);
        board.Network.AddressOnSecond = "10.0.0.7";

        Assert.IsFalse(board.Run(17));

        Assert.AreEqual("second-password", board.Network.LastPassword);
        Assert.AreEqual(1, board.Network.Leaves, "the first one's attempt was ended");
        Assert.AreEqual("network is back", board.Board.RebootReason);
        Assert.IsFalse(board.Log.Text.Contains("second-password"));
    }

    [TestMethod]
    [DataRow((int)JoinResult.Refused)]
    [DataRow((int)JoinResult.NotFound)]
    [DataRow((int)JoinResult.NoAnswer)]
    public void A_network_that_does_not_let_the_board_in_is_not_back(int result)
    {
        ProvisioningHarness board = ProvisioningHarness.Away(Second);
        board.Network.Result = (JoinResult)result;
        board.Network.SecondResult = (JoinResult)result;
        board.Network.Signal = -50;

        Assert.IsTrue(board.Run(299));
        Assert.AreEqual(5, board.Network.Connects);
        Assert.AreEqual(5, board.Network.SecondConnects);
    }

    [TestMethod]
    public void Without_an_address_it_is_not_back_either()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        board.Network.Result = JoinResult.Joined;
        Assert.IsTrue(board.Run(30));
        Assert.AreEqual(0, board.Network.Leaves);
        Assert.IsTrue(board.Run(10));
        Assert.AreEqual(1, board.Network.Leaves, "after 20 s");

        Assert.IsTrue(board.Run(60));
        board.Network.Address = "192.168.1.50";
        Assert.IsFalse(board.Run(1));
    }

    [TestMethod]
    public void A_static_address_is_tried_with_its_network()
    {
        ProvisioningHarness board = ProvisioningHarness.Away(
            ",\"wifi\":{\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\",\"gateway\":\"192.168.1.1\",\"dns\":\"192.168.1.1\",\"secondSsid\":\"phone\"}");
        board.Network.Result = JoinResult.Joined;
        board.Network.SecondResult = JoinResult.Joined;
        Assert.IsTrue(board.Run(16));
        Assert.AreEqual("192.168.1.50", board.Network.UsedAddress.Address);

        Assert.IsTrue(board.Run(25));
        Assert.AreEqual("phone", board.Network.LastSsid);
        Assert.IsNull(board.Network.UsedAddress);
    }

    [TestMethod]
    public void Somebody_who_fills_in_the_page_is_left_alone_while_the_network_returns()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        Assert.IsTrue(board.Run(10));
        board.Get("/");
        board.Network.AddressOnConnect = "192.168.1.50";
        Assert.IsTrue(board.Run(119));
        board.Get("/");
        Assert.IsTrue(board.Run(119));
        Assert.AreEqual(0, board.Network.Connects);
        Assert.AreEqual(0, board.Board.Reboots);

        Assert.IsFalse(board.Run(1));
        Assert.AreEqual("network is back", board.Board.RebootReason);
    }

    [TestMethod]
    public void What_is_saved_meanwhile_counts()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        Assert.IsTrue(board.Run(50));
        PageTests.AssertContains(board.Post("&ssid=New&pass=new-password&apiServer=https%3A%2F%2F10.0.0.1%3A6443"), "Saved.");
        board.Network.AddressOnConnect = "192.168.1.50";

        Assert.IsFalse(board.Run(60));

        Assert.AreEqual("provisioned", board.Board.RebootReason);
        Assert.AreEqual("New", board.Wifi.Ssid);
    }

    [TestMethod]
    public void Nobody_comes_and_after_five_minutes_the_board_goes_on_as_a_node()
    {
        ProvisioningHarness board = ProvisioningHarness.Away("");
        Assert.IsTrue(board.Run(299));
        Assert.IsFalse(board.Run(1));

        Assert.AreEqual(ProvisioningMode.ClosedReason, board.Board.RebootReason);
        Assert.AreEqual(3, board.RebootsInARow(), "it is opened more rarely each time");
    }

    [TestMethod]
    public void A_page_that_a_person_opened_is_not_closed_by_the_network()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(ProvisioningHarness.Stored);
        board.Network.AddressOnConnect = "192.168.1.50";

        Assert.IsTrue(board.Run(599));
        Assert.AreEqual(0, board.Network.Connects);
    }
}
