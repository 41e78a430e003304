using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
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
        SimulatedBoard board = await StartBoardAsync();
        string uid = (await WaitUntilSteadyAsync(board)).Uid();

        await Cluster.StopApiServerAsync();
        try
        {
            // Long enough for the pauses between attempts to have grown.
            await Eventually.HoldsAsync(LossTime, () => Assert.IsTrue(board.State.HeartbeatsFailed >= 4, $"{board.State.HeartbeatsFailed} failed"));
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
    }
}
