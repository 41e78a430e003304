using nanoFramework.TestFramework;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

[TestClass]
public class LinkTests
{
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
        Assert.AreEqual("level=info msg=\"network up\" address=192.168.1.50\n", harness.Log.Text);
    }

    [TestMethod]
    public void The_network_is_joined()
    {
        LinkHarness harness = new LinkHarness();
        harness.Network.Address = null;
        harness.Network.AddressOnConnect = "10.0.0.7";
        Link link = harness.Link;

        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual("10.0.0.7", link.Address);
        Assert.AreEqual(1, harness.Network.Connects);
    }

    [TestMethod]
    public void A_network_that_can_not_be_joined_is_tried_again_after_a_wait_that_grows()
    {
        LinkHarness harness = new LinkHarness();
        harness.Network.Address = null;
        harness.Network.Failure = "wrong password";
        Link link = harness.Link;
        int ceiling = 500;
        for (int i = 0; i < 8; i++)
        {
            int wait = link.EnsureUp();
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.IsNull(link.Address);
            ceiling = ceiling * 2 > 4000 ? 4000 : ceiling * 2;
        }

        Assert.AreEqual(8, harness.Network.Connects);
        Assert.AreEqual("level=warning msg=\"no network\" error=\"wrong password\"", harness.Log.LastLine);

        harness.Network.Failure = null;
        link.EnsureUp();
        Assert.AreEqual("level=warning msg=\"no network\" error=\"no address\"", harness.Log.LastLine);

        harness.Network.Address = "10.0.0.7";
        Assert.AreEqual(0, link.EnsureUp());
        harness.Network.Address = null;
        Assert.IsTrue(link.EnsureUp() <= 500);
    }

    [TestMethod]
    public void A_loss_and_another_address_are_seen()
    {
        LinkHarness harness = new LinkHarness();
        Link link = harness.Link;
        link.EnsureUp();
        harness.Network.Address = null;
        Assert.IsTrue(link.EnsureUp() > 0);
        Assert.IsNull(link.Address);
        link.EnsureUp();
        Assert.AreEqual(1, harness.Log.CountOf("network lost"));

        harness.Network.Address = "192.168.1.50";
        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual(2, harness.Log.CountOf("network up"));

        harness.Network.Address = "192.168.1.51";
        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual("192.168.1.51", link.Address);
        Assert.AreEqual(3, harness.Log.CountOf("network up"));
    }
}
