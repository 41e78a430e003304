using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>The tokens of boards in a real control plane: how long they live, and how one takes another's place.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterTokenTests : ClusterTests
{
    private const string Settings = "picokubelet.json";

    // A real API server believes a token that it has just checked for another ten seconds.
    private static readonly TimeSpan RevocationTime = TimeSpan.FromSeconds(10) + JoinTime;

    // Two looks, 15 s apart, on a supervisor that looks each 5 s.
    private static readonly TimeSpan RereadTime = TimeSpan.FromSeconds(35) + JoinTime;

    /// <summary>Initializes a new instance.</summary>
    public RealClusterTokenTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    /// <summary>As docs/operations.md rotates it: a token that hangs on a Secret is revoked with that, and the next one continues.</summary>
    [TestMethod]
    public async Task ANewTokenTakesTheOldOnesPlaceWithoutAnotherImage()
    {
        string name = NewName();
        await Cluster.Identities.CreateAsync(name, BoardRights.All);
        await KubectlAsync("create", "secret", "generic", $"{name}-1", "-n", BoardIdentities.Namespace);
        string token = (await KubectlAsync(
            "create", "token", name, "-n", BoardIdentities.Namespace, "--duration=8760h", "--bound-object-kind=Secret", $"--bound-object-name={name}-1")).Trim();
        Assert.IsTrue(LifetimeOf(token) > TimeSpan.FromDays(364), $"{LifetimeOf(token)}");

        string folder = TestRun.NewFolder($"board-{name}");
        SimulatedBoard board = StartBoard(new BoardOptions
        {
            Name = name,
            ApiServer = Cluster.Url,
            Token = token,
            CaPem = Cluster.CaPem,
            LeaseInterval = Heartbeat,
            StateFolder = folder,
        });
        string uid = (await WaitUntilSteadyAsync(board)).Uid();

        await KubectlAsync("delete", "secret", $"{name}-1", "-n", BoardIdentities.Namespace);
        await WaitForLogAsync(board, RevocationTime, "Unauthorized");
        Assert.AreEqual(1, board.Boots, "no reason to reboot");

        // What nanoff does: another document in the storage of the running board, which looks for one while it is refused.
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, Settings)))!;
        document["token"] = await LongLivedTokenAsync(name);
        await File.WriteAllTextAsync(Path.Combine(folder, Settings), document.ToJsonString());
        DateTime changed = DateTime.UtcNow;
        await WaitForLogAsync(board, RereadTime, "reason=\"settings changed\"");
        await WaitForRenewalAsync(board, changed);
        Assert.AreEqual(uid, (await WaitUntilReadyAsync(board)).Uid(), "another Node");

        // And that is how a board that was stolen is shut out.
        await KubectlAsync("delete", "secret", name, "-n", BoardIdentities.Namespace);
        await WaitForAsync(board, "Ready", "Unknown", RevocationTime + LossTime);
    }

    private static TimeSpan LifetimeOf(string token)
    {
        string claims = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        JsonNode json = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(claims.PadRight((claims.Length + 3) / 4 * 4, '='))))!;
        return TimeSpan.FromSeconds(json["exp"]!.GetValue<long>() - json["iat"]!.GetValue<long>());
    }

    private async Task<string> LongLivedTokenAsync(string name)
    {
        string manifest = Path.Combine(TestRun.NewFolder($"token-{name}"), "token.yaml");
        string example = await File.ReadAllTextAsync(Repository.PathOf("deploy/cluster/long-lived-token.yaml"));
        await File.WriteAllTextAsync(manifest, example.Replace("pico-node-1", name, StringComparison.Ordinal));
        await KubectlAsync("apply", "-f", manifest);
        string encoded = await Eventually.GetAsync(JoinTime, async () =>
        {
            string data = await KubectlAsync("get", "secret", name, "-n", BoardIdentities.Namespace, "-o", "jsonpath={.data.token}");
            Assert.AreNotEqual(string.Empty, data);
            return data;
        });
        return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
    }

    private async Task<string> KubectlAsync(params string[] arguments)
    {
        return (await Cluster.KubectlAsync(arguments)).MustSucceed().Output;
    }
}
