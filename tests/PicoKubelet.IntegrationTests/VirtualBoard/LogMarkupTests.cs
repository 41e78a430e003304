using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Adapters;
using PicoKubelet.VirtualBoard.View;
using Spectre.Console;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class LogMarkupTests
{
    [TestMethod]
    [DataRow("time=2026-01-23T10:30:00Z level=info msg=\"node registered\" node=a", "10:30:00 info  node registered node=a")]
    [DataRow("level=info msg=ready", "         info  ready")]
    [DataRow("level=info msg=\"said \\\"no\\\"\" body=\"[red]x[/]\"", "         info  said \"no\" body=\"[red]x[/]\"")]
    [DataRow("no logfmt [at all", "         info  no logfmt [at all")]
    public void ALineIsShownWithItsTimeLevelAndMessage(string line, string expected)
    {
        Assert.AreEqual(expected, Markup.Remove(LogMarkup.Format(new LogLine(LogLevel.Info, line))));
    }
}
