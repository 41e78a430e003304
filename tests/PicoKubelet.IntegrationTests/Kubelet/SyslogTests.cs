using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Monitoring;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>A board's log on a real UDP socket.</summary>
[TestClass]
public sealed partial class SyslogTests : ClusterTests
{
    /// <summary>Initializes a new instance.</summary>
    public SyslogTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task LinesReachTheHostTheRebootAmongThem()
    {
        using UdpClient host = new(new IPEndPoint(IPAddress.Loopback, 0));
        ConcurrentQueue<string> messages = [];
        Task receiving = ReceiveAsync(host, messages);
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        string settings = $$"""{"syslog":"127.0.0.1:{{((IPEndPoint)host.Client.LocalEndPoint!).Port}}"}""";
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, settingsJson: settings, kubeletToken: KubeletClient.Token);
        await WaitUntilSteadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(messages.Any(message => message.Contains("msg=registered", StringComparison.Ordinal))));
        string metrics = await KubeletClient.GetBodyAsync(board, "/metrics");

        await KubeletClient.CommandAsync(board, "{\"command\":\"reboot\"}");
        await Eventually.HoldsAsync(JoinTime, () =>
            Assert.IsTrue(messages.Any(message => message.Contains("picokubelet 2 - - level=info msg=boot number=2 reason=command", StringComparison.Ordinal))));

        Match[] parsed = [.. messages.Select(message => Message().Match(message))];
        Assert.IsTrue(parsed.All(match => match.Success), string.Join('\n', messages));
        Assert.IsTrue(parsed.All(match => match.Groups["host"].Value == name));
        Match first = parsed.First();
        Assert.AreEqual("-", first.Groups["time"].Value, "there is no clock at the start");
        Assert.AreEqual("1", first.Groups["process"].Value);
        StringAssert.StartsWith(first.Groups["message"].Value, "level=info msg=\"picokubelet starts\"");
        Match last = parsed.Last(match => match.Groups["process"].Value == "1");
        Assert.AreEqual("28", last.Groups["priority"].Value);
        Assert.AreEqual("level=warning msg=rebooting reason=command", last.Groups["message"].Value);
        Assert.IsLessThan(TimeSpan.FromMinutes(1), (DateTime.UtcNow - DateTime.Parse(last.Groups["time"].Value, null, System.Globalization.DateTimeStyles.AdjustToUniversal)).Duration());
        Exposition exposition = new(metrics);
        MetricFamily family = exposition.Families.Single(known => known.Name == "node_syslog_messages_total");
        string row = $"| `{family.Name}` | {family.Type} | `result` | {family.Help} |";
        StringAssert.Contains(await File.ReadAllTextAsync(Repository.PathOf("docs/monitoring.md")), row);
        Assert.IsTrue(exposition.Samples.Any(sample => sample.Name == family.Name && sample.Labels["result"] == "sent" && sample.Value > 0));
        host.Close();
        await receiving;
    }

    private static async Task ReceiveAsync(UdpClient host, ConcurrentQueue<string> messages)
    {
        try
        {
            while (true)
            {
                messages.Enqueue(Encoding.UTF8.GetString((await host.ReceiveAsync()).Buffer));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // RFC 5424, 6: HEADER SP STRUCTURED-DATA SP MSG.
    [GeneratedRegex(@"^<(?<priority>[0-9]{1,3})>1 (?<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?<host>[!-~]{1,255}) picokubelet (?<process>[!-~]{1,128}) - - (?<message>level=.+)\z")]
    private static partial Regex Message();
}
