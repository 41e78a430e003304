using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Pods;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests;

/// <summary>An API server that goes and comes back. These tests run alone: all boards of a run share the cluster.</summary>
public abstract class OutageTests : ClusterTests
{
    private protected OutageTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task IsReadyAgainSoonAfterTheApiServerIsBack()
    {
        PodSpace pods = await PodSpace.CreateAsync(Cluster);
        SimulatedBoard board = await StartBoardAsync(pods);
        string uid = (await WaitUntilSteadyAsync(board)).Uid();
        await pods.RunAsync("blink", TestPrograms.Blink, holdsPin: true);
        string pod = (await pods.WaitForPhaseAsync("blink", "Running")).Uid();

        await Cluster.StopApiServerAsync();
        try
        {
            // Long enough for the pauses between attempts to have grown.
            await Eventually.HoldsAsync(LossTime, () => Assert.IsTrue(board.State.HeartbeatsFailed >= 4, $"{board.State.HeartbeatsFailed} failed"));
            await Eventually.HoldsAsync(JoinTime, () => Assert.IsTrue(board.IsPinHigh(2)));
            await Eventually.HoldsAsync(JoinTime, () => Assert.IsFalse(board.IsPinHigh(2)));
        }
        finally
        {
            await Cluster.StartApiServerAsync();
        }

        DateTime back = DateTime.UtcNow;
        await WaitForRenewalAsync(board, back, RecoveryTime);
        await WaitUntilReadyAsync(board, back + RecoveryTime - DateTime.UtcNow);
        Assert.AreEqual(uid, (await NodeAsync(board)).Uid());
        Assert.AreEqual(1, board.Boots);

        // The program never ended.
        JsonNode running = await pods.WaitForPhaseAsync("blink", "Running");
        Assert.AreEqual(pod, running.Uid());
        Assert.AreEqual(0, PodSpace.RestartsOf(running));
        await pods.DeleteAsync();
    }
}
