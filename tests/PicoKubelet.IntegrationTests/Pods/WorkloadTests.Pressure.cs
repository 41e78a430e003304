using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <content>Boards that run short of memory, and programs that take what they can.</content>
public abstract partial class WorkloadTests
{
    [TestMethod]
    public async Task ABoardWithLittleMemoryEvictsAPodAndSaysSo()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.RunAsync("modest", TestPrograms.Polite);
        await Pods.WaitForPhaseAsync("modest", "Running");
        long free = board.FreeHeap;

        // Between an eighth of the heap and the floor.
        board.FreeHeap = board.Model.TotalHeap / 10;

        JsonNode evicted = await Pods.WaitForPhaseAsync("modest", "Failed");
        Assert.AreEqual("Evicted", evicted.Text("status", "reason"));
        StringAssert.StartsWith(evicted.Text("status", "message"), "The node was low on resource: memory. ");
        await WaitForAsync(board, "MemoryPressure", "True", PodSpace.Long);
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            StringAssert.Matches(await Pods.KubectlAsync("describe", "pod", "modest"), new("Warning +Evicted .* The node was low on resource: memory")));
        board.FreeHeap = free;
        await WaitForAsync(board, "MemoryPressure", "False", PodSpace.Long);
        await Pods.DeleteAsync("pod", "modest");
    }

    [TestMethod]
    public async Task NoProgramDelaysAHeartbeat()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await WaitUntilSteadyAsync(board);
        TimeSpan alone = await LongestGapAsync(board, 5);

        JsonObject spec = Pods.Spec("spin");
        foreach ((string name, string program) in new[] { ("spin", TestPrograms.Spin), ("greedy", TestPrograms.Greedy), ("flood", TestPrograms.Flood) })
        {
            await Pods.AddProgramAsync(name, program);
            if (name != "spin")
            {
                JsonNode container = spec["containers"]![0]!.DeepClone();
                container["name"] = name;
                container["volumeMounts"]![0]!["name"] = name;
                spec["containers"]!.AsArray().Add(container);
                spec["volumes"]!.AsArray().Add(new JsonObject { ["name"] = name, ["configMap"] = new JsonObject { ["name"] = name } });
            }
        }

        await Pods.ApplyAsync("v1", "Pod", "worst", spec);
        await Pods.WaitForPhaseAsync("worst", "Running");
        await Pods.WaitForAsync("worst", pod => Assert.IsTrue(pod["status"]!["containerStatuses"]!.AsArray().Any(container => container!["restartCount"]!.GetValue<int>() > 0)));
        TimeSpan beside = await LongestGapAsync(board, 10);

        TestContext.WriteLine($"longest time between heartbeats: {alone.TotalMilliseconds:F0} ms alone, {beside.TotalMilliseconds:F0} ms beside the worst programs");

        // A loop without an end would hold them up for ever. How late they are is a figure of the machine; docs/pods.md has one of a quiet machine.
        Assert.IsLessThan(TimeSpan.FromSeconds(30), beside);
        (await NodeAsync(board)).MustBe("Ready", "True");
        await Pods.DeleteAsync("pod", "worst");
    }

    // By the times in the Lease, which are those at which the board sent them.
    private async Task<TimeSpan> LongestGapAsync(SimulatedBoard board, int heartbeats)
    {
        TimeSpan longest = TimeSpan.Zero;
        DateTime last = (await LeaseAsync(board)).Time("spec", "renewTime");
        for (int i = 0; i < heartbeats; i++)
        {
            await WaitForRenewalAsync(board, last);
            DateTime next = (await LeaseAsync(board)).Time("spec", "renewTime");
            longest = next - last > longest ? next - last : longest;
            last = next;
        }

        return longest;
    }
}
