using nanoFramework.TestFramework;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

[TestClass]
public class Ipv4AddressTests
{
    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("192.168.1.10")]
    [DataRow("255.255.255.255")]
    public void Four_numbers_are_an_address(string text)
    {
        Assert.AreEqual(text, Ipv4Address.Parse(text).ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(".")]
    [DataRow("1")]
    [DataRow("1.2.3")]
    [DataRow("1.2.3.")]
    [DataRow(".1.2.3")]
    [DataRow("1..2.3")]
    [DataRow("1.2.3.4.")]
    [DataRow("1.2.3.4.5")]
    [DataRow("1.2.3.256")]
    [DataRow("1.2.3.999")]
    [DataRow("1.2.3.0004")]
    [DataRow("1.2.3.-4")]
    [DataRow("1.2.3.4 ")]
    [DataRow("1.2.3.a")]
    [DataRow("localhost")]
    [DataRow("::1")]
    public void Anything_else_is_none(string text)
    {
        Assert.IsNull(Ipv4Address.Parse(text));
    }
}
