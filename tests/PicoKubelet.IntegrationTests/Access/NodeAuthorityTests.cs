using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>What whoever has the certificate of an enrolled board may do with it, and what not.</summary>
public abstract class NodeAuthorityTests : EnrolledBoardTests
{
    private const string Default = "/api/v1/namespaces/default";
    private const string ConfigMaps = $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps";
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    private protected NodeAuthorityTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task ItReachesItsOwnObjectsAndNoOthers()
    {
        string own = NewName();
        string other = NewName();
        await Cluster.CreateAsync("/api/v1/nodes", Named(other));
        await MakeConfigMapAsync(ConfigMaps, other);
        await MakeConfigMapAsync($"{Default}/configmaps", $"{own}-program");
        await MakeConfigMapAsync($"{Default}/configmaps", $"{own}-not-mounted");
        string secret = (await Cluster.CreateAsync($"{Default}/secrets", Named($"{own}-secret"))).Text("metadata", "name")!;
        await EnrollAsync(own);
        using BoardClient board = new(Cluster, ReadSettings());

        // Before its pod: one that is bound to a Node which is not there is collected.
        Assert.AreEqual(201, await board.SendAsync("POST", "/api/v1/nodes", Named(own).ToJsonString()));
        string pod = await MakePodAsync(own, $"{own}-program");
        string othersPod = await MakePodAsync(other, null);
        const string Patch = "{}";

        (string Method, string Path, string? Body, int Status)[] matrix =
        [
            ("POST", "/api/v1/nodes", Named(own + "x").ToJsonString(), 403),
            ("GET", $"/api/v1/nodes/{own}", null, 200),
            ("PATCH", $"/api/v1/nodes/{own}", """{"metadata":{"labels":{"room":"kitchen"}}}""", 200),
            ("PATCH", $"/api/v1/nodes/{own}", """{"spec":{"taints":[]}}""", 200),
            ("PATCH", $"/api/v1/nodes/{own}", """{"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]}}""", 403),
            ("PATCH", $"/api/v1/nodes/{own}", """{"metadata":{"labels":{"node-restriction.kubernetes.io/a":"b"}}}""", 403),
            ("PATCH", $"/api/v1/nodes/{own}/status", """{"status":{"phase":"Running"}}""", 200),
            ("PATCH", $"/api/v1/nodes/{other}", Patch, 403),
            ("PATCH", $"/api/v1/nodes/{other}/status", Patch, 403),
            ("DELETE", $"/api/v1/nodes/{other}", null, 403),
            ("POST", Leases, Named(own, "kube-node-lease").ToJsonString(), 201),
            ("PATCH", $"{Leases}/{own}", Patch, 200),
            ("POST", Leases, Named(other, "kube-node-lease").ToJsonString(), 403),
            ("GET", $"{ConfigMaps}/{own}", null, 200),
            ("GET", $"{ConfigMaps}/{other}", null, 403),
            ("PATCH", $"{ConfigMaps}/{own}", Patch, 403),
            ("GET", ConfigMaps, null, 403),
            ("GET", $"{Default}/configmaps/{own}-not-mounted", null, 403),
            ("GET", $"{Default}/secrets/{secret}", null, 403),
            ("GET", "/api/v1/secrets", null, 403),
            ("GET", $"/api/v1/pods?fieldSelector=spec.nodeName%3D{own}", null, 200),
            ("PATCH", $"{Default}/pods/{pod}/status", """{"status":{"phase":"Running"}}""", 200),
            ("PATCH", $"{Default}/pods/{othersPod}/status", """{"status":{"phase":"Running"}}""", 403),
            ("DELETE", $"{Default}/pods/{othersPod}", null, 403),
            ("PATCH", $"{Default}/pods/{pod}", Patch, 403),
            ("POST", $"{Default}/events", Event(own).ToJsonString(), 201),
            ("GET", $"{Default}/events", null, 403),
            ("POST", $"{Default}/serviceaccounts/default/token", """{"spec":{"expirationSeconds":600}}""", 403),
            ("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles", null, 403),
            ("GET", $"/api/v1/nodes/{own}/proxy/metrics", null, 403),
        ];
        List<string> wrong = [];
        foreach ((string method, string path, string? body, int expected) in matrix)
        {
            int status = await board.SendAsync(method, path, body);
            if (status != expected)
            {
                wrong.Add($"{method} {path} {body}: {status}, not {expected}");
            }
        }

        Assert.AreEqual("", string.Join('\n', wrong));

        // What a pod mounts is known to the authorizer as soon as it has seen the pod.
        await Eventually.HoldsAsync(JoinTime, async () => Assert.AreEqual(200, await board.SendAsync("GET", $"{Default}/configmaps/{own}-program", null)));
        Assert.AreEqual(200, await board.SendAsync("DELETE", $"{Default}/pods/{pod}", """{"gracePeriodSeconds":0}"""));
    }

    private static JsonObject Named(string name, string? space = null)
    {
        JsonObject metadata = new() { ["name"] = name };
        if (space is not null)
        {
            metadata["namespace"] = space;
        }

        return new JsonObject { ["metadata"] = metadata };
    }

    private static JsonObject Event(string node)
    {
        JsonObject made = Named($"{node}.event", "default");
        made["involvedObject"] = new JsonObject { ["kind"] = "Node", ["name"] = node };
        made["reason"] = "Starting";
        made["type"] = "Normal";
        return made;
    }

    private Task<JsonNode> MakeConfigMapAsync(string path, string name)
    {
        return Cluster.CreateAsync(path, Named(name));
    }

    private async Task<string> MakePodAsync(string node, string? configMap)
    {
        string name = node + "-pod";
        JsonObject pod = Named(name);
        pod["spec"] = new JsonObject
        {
            ["nodeName"] = node,
            ["automountServiceAccountToken"] = false,
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "none" }),
            ["volumes"] = configMap is null ? null : new JsonArray(new JsonObject { ["name"] = "program", ["configMap"] = new JsonObject { ["name"] = configMap } }),
        };
        await Cluster.CreateAsync($"{Default}/pods", pod);
        return name;
    }
}
