using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Outputs;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>The table of LED patterns in the documentation is the firmware's.</summary>
[TestClass]
public class StatusLedTableTests
{
    [TestMethod]
    public void TheDocumentationShowsTheTableOfPatterns()
    {
        string[] documented = [.. File.ReadAllLines(Repository.PathOf("docs/wifi.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains('#', StringComparison.Ordinal))
            .Select(line => string.Join('|', line.Split('|')[..3]))];
        string[] expected = [.. Enum.GetValues<DeviceStatus>().Select(status => $"| `{Draw(StatusLed.PatternOf(status))}` | {StatusLed.NameOf(status)} ")];

        CollectionAssert.AreEqual(expected, documented, string.Join('\n', expected));
    }

    private static string Draw(int pattern)
    {
        return string.Concat(Enumerable.Range(0, StatusLed.Ticks).Select(tick => ((pattern >> tick) & 1) != 0 ? '#' : '.'));
    }
}
