using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

/// <summary>A board that knows two networks.</summary>
[TestClass]
public class SecondNetworkTests
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;

    [TestMethod]
    [DataRow((int)JoinResult.NotFound, 0, "no such network")]
    [DataRow((int)JoinResult.Refused, -55, "wrong password")]
    [DataRow((int)JoinResult.Refused, -91, "weak signal")]
    public void The_second_is_joined_at_once_where_the_first_is_not_found_or_refuses(int result, int signal, string failure)
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.Result = (JoinResult)result;
        harness.Network.Signal = signal;
        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(Second);

        Link link = harness.Link;
        Assert.AreEqual("10.0.0.7", link.Address);
        Assert.AreEqual("phone", link.Ssid);
        Assert.IsTrue(link.IsSecond);
        Assert.AreEqual("second-password", harness.Network.LastPassword);
        Assert.AreEqual(failure, WifiFailures.NameOf(link.Network(0).Failure));
        Assert.AreEqual((int)WifiFailure.None, (int)link.Network(1).Failure);
        Assert.IsNull(link.FailureName);
        Assert.AreEqual(failure, link.LastFailureName);
        Assert.AreEqual(
            "level=warning msg=\"no network\" error=\"" + failure + "\" ssid=home\nlevel=info msg=\"network up\" address=10.0.0.7 ssid=phone\n",
            harness.Log.Text);
    }

    [TestMethod]
    public void Of_each_network_its_own_failure_is_told_once()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.SecondResult = JoinResult.Refused;
        harness.Network.SecondSignal = -60;
        harness.Run(10 * Minute);

        Assert.AreEqual((int)WifiFailure.NoNetwork, (int)harness.Link.Network(0).Failure);
        Assert.AreEqual((int)WifiFailure.WrongPassword, (int)harness.Link.Network(1).Failure);
        Assert.AreEqual("no such network", harness.Link.FailureName);
        Assert.AreEqual(
            "level=warning msg=\"no network\" error=\"no such network\" ssid=home\nlevel=warning msg=\"no network\" error=\"wrong password\" ssid=phone\n",
            harness.Log.Text);
        Assert.DoesNotContains("second-password", harness.Log.Text);
    }

    [TestMethod]
    public void While_both_are_away_the_two_take_turns_with_waits_that_are_bounded()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.JoinMilliseconds = 3 * Second;
        harness.Network.ScanMilliseconds = 7 * Second;
        harness.Run(60 * Minute);

        int tries = harness.Network.Connects;
        Assert.IsTrue(tries > 100 && tries < 200, tries.ToString());
        Assert.IsTrue(tries - harness.Network.SecondConnects <= 1, harness.Network.SecondConnects.ToString());
        Assert.AreEqual(2, harness.Log.Count);

        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(30 * Second);
        Assert.AreEqual("10.0.0.7", harness.Link.Address);
    }

    [TestMethod]
    public void Both_that_refuse_are_tried_slowly()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.Result = JoinResult.Refused;
        harness.Network.SecondResult = JoinResult.Refused;
        harness.Network.Signal = -55;
        harness.Network.SecondSignal = -55;
        harness.Run(10 * Minute);
        int before = harness.Network.Connects;
        harness.Run(10 * Minute);

        int tries = harness.Network.Connects - before;
        Assert.IsTrue(tries >= 10 && tries <= 21, tries.ToString());
    }

    [TestMethod]
    public void When_the_second_is_lost_the_first_comes_first_again()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(5 * Minute);
        Assert.AreEqual(1, harness.Network.SecondConnects);
        Assert.IsTrue(harness.Link.IsSecond);

        // It is not left for the first, which nobody can see while joined.
        harness.Network.AddressOnConnect = "192.168.1.50";
        harness.Run(5 * Minute);
        Assert.IsTrue(harness.Link.IsSecond);

        harness.Network.Address = null;
        harness.Run(2 * Second);
        Assert.AreEqual("192.168.1.50", harness.Link.Address);
        Assert.IsFalse(harness.Link.IsSecond);
        Assert.AreEqual("home", harness.Link.Ssid);
        Assert.AreEqual(1, harness.Network.SecondConnects);
        Assert.AreEqual((int)WifiFailure.None, (int)harness.Link.Network(0).Failure);
        Assert.AreEqual(2, harness.Link.Joins);
    }

    [TestMethod]
    public void Without_a_first_network_the_second_is_the_one()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Network.Ssid = null;
        harness.Network.SecondResult = JoinResult.Refused;
        harness.Network.SecondSignal = -55;
        harness.Run(Minute);
        Assert.AreEqual("wrong password", harness.Link.FailureName);
        Assert.AreEqual(0, harness.Network.Connects);

        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(61 * Second);
        Assert.AreEqual("10.0.0.7", harness.Link.Address);
    }

    [TestMethod]
    public void How_long_there_has_been_no_network_is_counted_over_all_attempts()
    {
        LinkHarness harness = LinkHarness.WithSecond();
        harness.Run(10 * Minute);
        Assert.AreEqual(10L * Minute, harness.Link.Absence);

        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(Minute);
        Assert.AreEqual(0L, harness.Link.Absence);

        harness.Network.AddressOnSecond = null;
        harness.Network.Address = null;
        harness.Run(90 * Second);
        Assert.AreEqual(90L * Second, harness.Link.Absence);
    }

    [TestMethod]
    public void A_static_address_is_the_first_networks_and_the_second_has_DHCP()
    {
        StaticAddress address = new StaticAddress("192.168.1.50", "255.255.255.0", "192.168.1.1", "192.168.1.1");
        LinkHarness harness = LinkHarness.WithSecond(address);
        harness.Run(10 * Minute);
        Assert.AreEqual(0, harness.Network.AddressChanges, "it is written to flash: only once a network is joined");

        harness.Network.AddressOnSecond = "10.0.0.7";
        harness.Run(Minute);
        Assert.IsNull(harness.Network.UsedAddress);
        Assert.AreEqual(1, harness.Network.AddressChanges);

        harness.Network.AddressOnConnect = "192.168.1.50";
        harness.Network.Address = null;
        harness.Run(5 * Minute);
        Assert.AreSame(address, harness.Network.UsedAddress);
        Assert.AreEqual(2, harness.Network.AddressChanges);
    }

    [TestMethod]
    public void A_static_address_that_the_runtime_does_not_take_is_told_once()
    {
        LinkHarness harness = LinkHarness.WithSecond(new StaticAddress("192.168.1.50", "255.255.255.0", "192.168.1.1", "192.168.1.1"));
        harness.Network.TakesAddress = false;
        harness.Network.AddressOnConnect = "192.168.1.77";
        harness.Run(5 * Minute);

        Assert.AreEqual(1, harness.Log.CountOf("msg=\"the address can not be set\" address=192.168.1.50"));
        Assert.AreEqual("192.168.1.77", harness.Link.Address);
    }
}
