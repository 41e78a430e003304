using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Which labels whoever has a board's certificate may set on the board's Node: those that a kubelet may.</summary>
public abstract class NodeLabelTests : EnrolledBoardTests
{
    private protected NodeLabelTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task ItSetsTheLabelsThatAKubeletMaySet()
    {
        string name = NewName();
        await EnrollAsync(name);
        using BoardClient board = new(Cluster, ReadSettings());
        Assert.AreEqual(201, await board.SendAsync("POST", "/api/v1/nodes", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString()));

        // Somebody else's, for a change and a removal.
        JsonNode reserved = JsonNode.Parse("""{"metadata":{"labels":{"node-restriction.kubernetes.io/zone":"a","node-role.kubernetes.io/edge":""}}}""")!;
        await Cluster.PatchAsync(Cluster.NodePath(name), reserved);

        (string Labels, int Status)[] rows =
        [
            ("\"room\":\"kitchen\"", 200),
            ("\"example.com/room\":\"kitchen\"", 200),
            ("\"kubernetes.io.example.com/room\":\"kitchen\"", 200),
            ("\"kubernetes.io/arch\":\"wasm\"", 200),
            ("\"node.kubernetes.io/instance-type\":\"pico-w\"", 200),
            ("\"topology.kubernetes.io/zone\":\"garden\"", 200),
            ("\"kubelet.kubernetes.io/anything\":\"a\"", 200),
            ("\"sub.node.kubernetes.io/anything\":\"a\"", 200),
            ("\"room\":null", 200),
            ("\"node-restriction.kubernetes.io/zone\":\"a\"", 200),
            ("\"node-restriction.kubernetes.io/zone\":\"b\"", 403),
            ("\"node-restriction.kubernetes.io/zone\":null", 403),
            ("\"node-restriction.kubernetes.io/other\":\"a\"", 403),
            ("\"sub.node-restriction.kubernetes.io/other\":\"a\"", 403),
            ("\"node-role.kubernetes.io/edge\":\"a\"", 403),
            ("\"node-role.kubernetes.io/other\":\"\"", 403),
            ("\"k8s.io/anything\":\"a\"", 403),
            ("\"room\":\"hall\",\"node-restriction.kubernetes.io/other\":\"a\"", 403),
        ];
        List<string> wrong = [];
        foreach ((string labels, int expected) in rows)
        {
            int status = await board.SendAsync("PATCH", Cluster.NodePath(name), "{\"metadata\":{\"labels\":{" + labels + "}}}");
            if (status != expected)
            {
                wrong.Add($"{labels}: {status}, not {expected}");
            }
        }

        Assert.AreEqual("", string.Join('\n', wrong));
        JsonNode kept = (await Cluster.GetAsync(Cluster.NodePath(name)))["metadata"]!["labels"]!;
        Assert.IsNull(kept["room"], "a request that is refused changes nothing");
        Assert.AreEqual("a", kept.Text("node-restriction.kubernetes.io/zone"));
    }
}
