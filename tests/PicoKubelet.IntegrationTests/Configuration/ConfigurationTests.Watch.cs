using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

// Boards that watch.
public abstract partial class ConfigurationTests
{
    private const string Watching = """{ "configMap": { "watch": true } }""";

    [TestMethod]
    public async Task ABoardWithoutAConnectionForTwoWatchesPollsItsConfigMap()
    {
        string name = NewName();
        await CreateAsync(name, ("memory_values", "0=0x42"));
        SimulatedBoard board = await StartAsync(name, settings: """{ "configMap": { "watch": true }, "pods": { "max": 1 } }""", board: BoardModels.Default);

        await WaitUntilAppliedAsync(board);
        Assert.AreEqual("""{"0":"0x42"}""", await CellsAsync(board));
        await WaitForLogAsync(board, JoinTime, "this board has too few connections to watch pods too");
    }

    [TestMethod]
    public async Task AWatchedEditIsInForceWithoutALookAtTheConfigMap()
    {
        string name = NewName();
        await CreateAsync(name, ("led", "off"));
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilAppliedAsync(board);
        await WaitUntilSteadyAsync(board);

        // How soon is the machine's too, which runs other tests: the bench's "edits" prints it.
        for (int i = 1; i <= 5; i++)
        {
            int edit = i;
            JsonObject data = new() { ["led"] = edit % 2 == 1 ? "on" : "off", ["memory_values"] = $"0={edit}", ["node.labels"] = $"edit={edit}" };
            await Cluster.PatchAsync(PathOf(name), new JsonObject { ["data"] = data });
            await Eventually.HoldsAsync(JoinTime, async () =>
            {
                Assert.AreEqual(edit % 2 == 1, board.IsLedOn);
                Assert.AreEqual($"{{\"0\":\"0x{edit:x2}\"}}", await CellsAsync(board));
                Assert.AreEqual($"{edit}", (await NodeAsync(board)).Label("edit"));
            });
        }

        await WaitForRenewalAsync(board, DateTime.UtcNow);
    }

    [TestMethod]
    public async Task AWatchFollowsCreationAndDeletion()
    {
        string name = NewName();
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilSteadyAsync(board);
        await WaitForReasonAsync(board, "True", "Defaults", ReportTime);

        await CreateAsync(name, ("memory_values", "0=1"));
        await WaitUntilAppliedAsync(board, ReportTime);
        (await Cluster.KubectlAsync("delete", "configmap", name, "-n", BoardIdentities.Namespace)).MustSucceed();
        await WaitForReasonAsync(board, "True", "Defaults", ReportTime);
        Assert.AreEqual("{}", await CellsAsync(board));
        await CreateAsync(name, ("memory_values", "0=2"));
        await WaitUntilAppliedAsync(board, ReportTime);
        Assert.AreEqual("""{"0":"0x02"}""", await CellsAsync(board));
    }

    [TestMethod]
    public async Task AWatchThatIsCutIsTakenUpAgain()
    {
        string name = NewName();
        await CreateAsync(name, ("memory_values", "0=1"));
        SimulatedBoard board = await StartAsync(name, settings: Watching);
        await WaitUntilAppliedAsync(board);

        board.LoseWifi();
        await PatchAsync(name, """{"data":{"memory_values":"0=2"}}""");
        board.RestoreWifi();
        await WaitUntilAppliedAsync(board, RecoveryTime);

        // Its own port is back a little later.
        await Eventually.HoldsAsync(RecoveryTime, async () => Assert.AreEqual("""{"0":"0x02"}""", await CellsAsync(board)));
        await PatchAsync(name, """{"data":{"memory_values":"0=3"}}""");
        await WaitUntilAppliedAsync(board, ReportTime);
        Assert.AreEqual("""{"0":"0x03"}""", await CellsAsync(board));
    }
}
