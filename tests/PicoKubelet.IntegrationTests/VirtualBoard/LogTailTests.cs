using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Adapters;
using PicoKubelet.VirtualBoard.View;
using Spectre.Console;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class LogTailTests
{
    [TestMethod]
    public void LinesThatWrapDoNotPushTheNewestOut()
    {
        LogLine[] lines = [.. Enumerable.Range(1, 4).Select(number => new LogLine(LogLevel.Info, $"level=info msg=\"a line that is much too long {number}\""))];
        var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 30;

        console.Write(new LogTail(lines, rows: 3));

        string[] rows = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.HasCount(3, rows);
        Assert.Contains("long 4", rows[2]);
    }
}
