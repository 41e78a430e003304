using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>What a cluster is told of a board that was started again.</summary>
public abstract class RebootTests : ClusterTests
{
    private protected RebootTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task AResetIsAnEvent()
    {
        SimulatedBoard board = await StartBoardAsync();
        string? before = (await WaitUntilSteadyAsync(board)).Text("status", "nodeInfo", "bootID");
        Assert.AreEqual(0, (await RebootsAsync(board)).Count, "a first start is none");

        board.Reboot();

        string? after = await MustTellAsync(board, "power on or reset");
        Assert.AreNotEqual(before, after);
        ProgramResult result = await Cluster.KubectlAsync("describe", "node", board.Name);
        StringAssert.Matches(result.MustSucceed().Output, new Regex($@"^\s+Warning\s+Rebooted\s+\S+\s+.*Node {board.Name} has been rebooted, boot id: {after}", RegexOptions.Multiline));
    }

    [TestMethod]
    public async Task ARebootThatWasAskedForTellsItsReasonOnce()
    {
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, kubeletToken: KubeletClient.Token);
        await WaitUntilSteadyAsync(board);

        StringAssert.StartsWith(await KubeletClient.CommandAsync(board, "{\"command\":\"reboot\"}"), "HTTP/1.1 202 ");

        await MustTellAsync(board, "command");
        string status = await KubeletClient.GetBodyAsync(board, "/pico/status");
        StringAssert.Contains(status, "\"boots\":2,\"boot_reason\":\"command\"");
        string metrics = await KubeletClient.GetBodyAsync(board, "/metrics");
        StringAssert.Contains(metrics, "\nnode_boots_total 2\n");
        StringAssert.Contains(metrics, "\nnode_boot_info{reason=\"command\"} 1\n");

        StringAssert.Contains(metrics, "\nnode_restarts_total{reason=\"unexpected\"} 1\nnode_restarts_total{reason=\"command\"} 1\n");
        StringAssert.Contains(status, "\"restarts\":{\"unexpected\":1,\"command\":1}");
        string previous = await KubeletClient.GetBodyAsync(board, "/logs/previous.log");
        StringAssert.Matches(previous, new Regex(@"^time=\S+Z level=warning msg=rebooting reason=command\n\z", RegexOptions.Multiline));
        StringAssert.Contains(await KubeletClient.GetBodyAsync(board, "/logs/board.log"), "level=info msg=boot number=2 reason=command\n");

        board.Stop();
        board.Start();
        await Eventually.HoldsAsync(JoinTime, () =>
            StringAssert.Contains(string.Join('\n', board.Log), "msg=boot number=3 reason=\"power on or reset\""));
    }

    /// <summary>Waits for the Event of the last reboot, which must be the only one with this reason.</summary>
    /// <returns>The Node's bootID.</returns>
    private async Task<string?> MustTellAsync(SimulatedBoard board, string reason)
    {
        return await Eventually.GetAsync(JoinTime, async () =>
        {
            string? bootId = (await NodeAsync(board)).Text("status", "nodeInfo", "bootID");
            IReadOnlyList<JsonNode> reboots = await RebootsAsync(board);
            Assert.AreEqual(1, reboots.Count);
            Assert.AreEqual("Warning", reboots[0].Text("type"));
            Assert.AreEqual($"Node {board.Name} has been rebooted, boot id: {bootId}, reason: {reason}", reboots[0].Text("message"));
            return bootId;
        });
    }

    private async Task<IReadOnlyList<JsonNode>> RebootsAsync(SimulatedBoard board)
    {
        JsonNode list = await Cluster.GetAsync("/api/v1/namespaces/default/events");
        return [.. list["items"]!.AsArray()
            .Where(item => item!.Text("involvedObject", "name") == board.Name && item!.Text("reason") == "Rebooted" && item!.Text("source", "component") == "picokubelet")
            .Select(item => item!)];
    }
}
