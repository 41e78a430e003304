using nanoFramework.TestFramework;
using PicoKubelet.Pods;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class QuantityTests
{
    [TestMethod]
    public void Quantities_AreReadAsKubernetesDoes()
    {
        Reads("4Ki", 4096 * 1000L);
        Reads("1", 1000);
        Reads("100m", 100);
        Reads("0.25", 250);
        Reads("1.5Ki", 1536 * 1000L);
        Reads("2k", 2000 * 1000L);
        Reads("1Mi", 1048576 * 1000L);
        Reads("0", 0);
        Reads("99999999999999999999Gi", (1L << 40) * 1000);
        Assert.IsFalse(Quantity.TryParse("", out _));
        Assert.IsFalse(Quantity.TryParse("Ki", out _));
        Assert.IsFalse(Quantity.TryParse("-1", out _));
        Assert.IsFalse(Quantity.TryParse("1.2.3", out _));
        Assert.IsFalse(Quantity.TryParse("4kB", out _));
    }

    private static void Reads(string text, long thousandths)
    {
        Assert.IsTrue(Quantity.TryParse(text, out long value), text);
        Assert.IsTrue(value == thousandths, text + ": " + value.ToString());
    }
}
