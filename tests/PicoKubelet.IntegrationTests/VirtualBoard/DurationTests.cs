using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class DurationTests
{
    [TestMethod]
    [DataRow("500ms", 500)]
    [DataRow("10s", 10_000)]
    [DataRow("2m", 120_000)]
    [DataRow("1h", 3_600_000)]
    [DataRow("1.5s", 1_500)]
    [DataRow("0s", 0)]
    public void ReadsDurationsWithAUnit(string text, int milliseconds)
    {
        Assert.IsTrue(Duration.TryParse(text, out TimeSpan duration));
        Assert.AreEqual(milliseconds, duration.TotalMilliseconds);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("10")]
    [DataRow("s")]
    [DataRow("-1s")]
    [DataRow("1x")]
    [DataRow("1 s")]
    [DataRow("NaNs")]
    [DataRow("99999h")]
    public void RefusesEverythingElse(string text)
    {
        Assert.IsFalse(Duration.TryParse(text, out _));
    }
}
