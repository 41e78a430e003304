using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>What pods leave behind on a board.</summary>
[TestClass]
[TestCategory("RealCluster")]
[DoNotParallelize]
public sealed class PodGrowthTests : ClusterTests
{
    private const int Cycles = 30;
    private const int WarmUp = 10;

    private const int Handles = 4;

    public PodGrowthTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    [TestMethod]
    public async Task ThirtyPodsLeaveNothingBehind()
    {
        PodSpace pods = await PodSpace.CreateAsync(Cluster);
        SimulatedBoard board = await StartBoardAsync(pods);
        await pods.AddProgramAsync("polite", TestPrograms.Polite);
        List<(int Objects, long Elements, int Handles)> looks = [];
        for (int i = 0; i < Cycles; i++)
        {
            await RunAndDeleteAsync(pods, board, $"p{i}");
            looks.Add(Look(board));
        }

        await pods.DeleteAsync();
        TestContext.WriteLine("objects, elements, handles: " + string.Join("  ", looks.Select(look => $"{look.Objects} {look.Elements} {look.Handles}")));
        int objects = looks.Skip(WarmUp).Min(look => look.Objects);
        long elements = looks.Skip(WarmUp).Min(look => look.Elements);
        Assert.IsGreaterThan(300, objects, "the firmware is not what was counted");

        // An Event that waits is there for a while; what a pod leaves stays, and is there twenty times.
        await Eventually.HoldsAsync(PodSpace.Long, () =>
        {
            var (last, lastElements, _) = Look(board);
            Assert.IsLessThan(objects + ((Cycles - WarmUp) / 2), last);
            Assert.IsLessThan(elements + 64, lastElements);
        });
        Assert.IsLessThanOrEqualTo(looks[WarmUp].Handles + Handles, looks[^1].Handles);
    }

    private async Task RunAndDeleteAsync(PodSpace pods, SimulatedBoard board, string name)
    {
        string path = $"/api/v1/namespaces/{pods.Name}/pods";
        await Cluster.CreateAsync(path, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = pods.Spec("polite") });
        await pods.WaitForAsync(name, pod => Assert.AreEqual("True", PodSpace.ReadyOf(pod)));
        await Cluster.DeleteAsync($"{path}/{name}");
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            Assert.IsNull(await pods.FindPodAsync(name));
            Assert.IsEmpty(board.Pods);
        });
    }

    private static (int Objects, long Elements, int Handles) Look(SimulatedBoard board)
    {
        (int objects, long elements) = ObjectGraph.Count(board);
        return (objects, elements, OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0);
    }
}
