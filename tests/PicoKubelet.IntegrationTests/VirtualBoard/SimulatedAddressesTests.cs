using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class SimulatedAddressesTests
{
    [TestMethod]
    [DataRow(0, "127.0.0.1")]
    [DataRow(1, "127.0.0.2")]
    [DataRow(253, "127.0.0.254")]
    [DataRow(254, "127.0.1.1")]
    [DataRow(999, "127.0.3.238")]
    public void CountsUpWithoutNetworkAndBroadcastAddresses(int index, string expected)
    {
        Assert.AreEqual(expected, SimulatedAddresses.At("127.0.0.1", index));
    }

    [TestMethod]
    [DataRow("127.0.0.1", "127.1.0.1")]
    [DataRow("127.255.3.7", "127.0.3.7")]
    [DataRow("192.168.1.254", "192.168.2.1")]
    public void ANewAddressIsAnother(string address, string expected)
    {
        Assert.AreEqual(expected, SimulatedAddresses.After(address));
    }
}
