using System.Reflection;
using PicoKubelet.Events;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Health;

/// <summary>The table of what kubectl describe node tells has each reason of an Event about a Node.</summary>
[TestClass]
public sealed class EventReasonTests
{
    // Those of the kubelet's that are about pods.
    private static readonly string[] OfPods = ["Created", "Started", "Failed", "Killing", "BackOff", "Pulling", "Pulled", "FailedMount", "Unhealthy", "Evicted", "InspectFailed"];

    [TestMethod]
    public void EachReasonIsDocumented()
    {
        string[] reasons = [.. typeof(EventReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        string[] told =
        [
            .. File.ReadLines(Repository.PathOf("docs/troubleshooting.md"))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(character => character == '|') == 4)
                .Select(line => line.Split('|')[3]),
        ];

        // What went well needs no row, and an input's edge is no fault.
        IEnumerable<string> ofNodes = reasons.Except([.. OfPods, EventReason.ConfigurationApplied, EventReason.InputOn, EventReason.InputOff]);
        string[] missing = [.. ofNodes.Where(reason => !told.Any(cell => cell.Contains($"`{reason}`", StringComparison.Ordinal)))];

        Assert.IsEmpty(missing, string.Join(", ", missing));
    }
}
