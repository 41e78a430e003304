using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>What the LED is told, step by step on the way to a node that is Ready.</summary>
[TestClass]
public class DeviceStatusTests
{
    private const string Unauthorized = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
    private const string Forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    private const string Broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    [TestMethod]
    public void The_first_thing_that_is_missing_is_shown()
    {
        NodeHarness node = new NodeHarness();
        StatusLed led = new StatusLed();
        node.Node.StatusLed = led;
        node.Network.Address = null;
        node.Network.Result = JoinResult.Failed;
        node.Source.HasTime = false;
        node.Run(1000);
        Assert.AreEqual("joining", Shown(led));

        node.Network.Result = JoinResult.Refused;
        node.Run(20000);
        Assert.AreEqual("wrong password", Shown(led));

        node.Network.Address = "192.168.1.50";
        node.Run(1000);
        Assert.AreEqual("no time", Shown(led));

        node.Source.HasTime = true;
        node.Server.IsDown = true;
        node.Run(30000);
        Assert.AreEqual("no API server", Shown(led));

        node.Server.IsDown = false;
        node.Run(20000);
        Assert.AreEqual("ready", Shown(led));

        node.Network.Address = null;
        node.Network.Signal = -90;
        node.Run(10000);
        Assert.AreEqual("weak signal", Shown(led));
    }

    [TestMethod]
    [DataRow(Unauthorized, "refused by the API server")]
    [DataRow(Forbidden, "refused by the API server")]
    [DataRow(Broken, "no API server")]
    public void What_the_API_server_says_is_shown(string reply, string status)
    {
        NodeHarness node = new NodeHarness();
        StatusLed led = new StatusLed();
        node.Node.StatusLed = led;
        node.Server.Answer("get", reply);
        node.Run(1000);
        Assert.AreEqual(status, Shown(led));
    }

    private static string Shown(StatusLed led)
    {
        return StatusLed.NameOf(led.Status);
    }
}
