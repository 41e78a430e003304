using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Network;

[TestClass]
public class LinkTests
{
    private readonly FakeNetwork _network = new FakeNetwork();
    private readonly RecordingLog _log = new RecordingLog();

    [TestMethod]
    public void An_interface_that_is_up_is_left_alone()
    {
        Link link = NewLink();
        Assert.IsNull(link.Address);

        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual(0, link.EnsureUp());

        Assert.AreEqual("192.168.1.50", link.Address);
        Assert.AreEqual(0, _network.Connects);
        Assert.AreEqual("level=info msg=\"network up\" address=192.168.1.50\n", _log.Text);
    }

    [TestMethod]
    public void The_network_is_joined()
    {
        _network.Address = null;
        _network.AddressOnConnect = "10.0.0.7";
        Link link = NewLink();

        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual("10.0.0.7", link.Address);
        Assert.AreEqual(1, _network.Connects);
    }

    [TestMethod]
    public void A_network_that_can_not_be_joined_is_tried_again_after_a_wait_that_grows()
    {
        _network.Address = null;
        _network.Failure = "wrong password";
        Link link = NewLink();
        int ceiling = 500;
        for (int i = 0; i < 8; i++)
        {
            int wait = link.EnsureUp();
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.IsNull(link.Address);
            ceiling = ceiling * 2 > 4000 ? 4000 : ceiling * 2;
        }

        Assert.AreEqual(8, _network.Connects);
        Assert.AreEqual("level=warning msg=\"no network\" error=\"wrong password\"", _log.LastLine);

        _network.Failure = null;
        link.EnsureUp();
        Assert.AreEqual("level=warning msg=\"no network\" error=\"no address\"", _log.LastLine);

        _network.Address = "10.0.0.7";
        Assert.AreEqual(0, link.EnsureUp());
        _network.Address = null;
        Assert.IsTrue(link.EnsureUp() <= 500);
    }

    [TestMethod]
    public void A_loss_and_another_address_are_seen()
    {
        Link link = NewLink();
        link.EnsureUp();
        _network.Address = null;
        Assert.IsTrue(link.EnsureUp() > 0);
        Assert.IsNull(link.Address);
        link.EnsureUp();
        Assert.AreEqual(1, _log.CountOf("network lost"));

        _network.Address = "192.168.1.50";
        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual(2, _log.CountOf("network up"));

        _network.Address = "192.168.1.51";
        Assert.AreEqual(0, link.EnsureUp());
        Assert.AreEqual("192.168.1.51", link.Address);
        Assert.AreEqual(3, _log.CountOf("network up"));
    }

    private Link NewLink()
    {
        return new Link(_network, new Logger(_log, new TimeKeeper(new ManualClock())), new Random(1));
    }
}
