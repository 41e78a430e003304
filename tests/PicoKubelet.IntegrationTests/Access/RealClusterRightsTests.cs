using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Against a real control plane.</summary>
[TestClass]
[TestCategory("RealCluster")]
public sealed class RealClusterRightsTests : RightsTests
{
    private const string RulesReviews = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    private const string Accounts = $"/api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts";

    /// <summary>Initializes a new instance.</summary>
    public RealClusterRightsTests()
        : base(TestRun.RealClusterAsync)
    {
    }

    /// <summary>
    /// The API server's own list of what the board may do, whatever the verb and the resource: what it has more than a
    /// ServiceAccount to which nothing was given is the table, row for row.
    /// </summary>
    [TestMethod]
    public async Task ItsRulesAreTheTableAndNothingElse()
    {
        string nobody = NewName();
        await Cluster.CreateAsync(Accounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = nobody } });
        JsonNode token = await Cluster.CreateAsync($"{Accounts}/{nobody}/token", new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        using HttpClient without = NewClient(token.Text("status", "token")!);

        foreach (string space in BoardAccess.Namespaces.Where(name => name.Length > 0))
        {
            string[] given = [.. (await RulesAsync(Client, space)).Except(await RulesAsync(without, space)).Order(StringComparer.Ordinal)];
            string[] expected = [.. BoardAccess.Allowed
                .Where(right => right.Namespace.Length == 0 || right.Namespace == space)
                .Select(right => $"{string.Join(',', right.Verbs.Order(StringComparer.Ordinal))} {right.Group} {right.Resource} {(right.IsOwnOnly ? Own : "*")}")
                .Order(StringComparer.Ordinal)];
            CollectionAssert.AreEqual(expected, given, $"{space}: {string.Join("; ", given)}");
        }
    }

    [TestMethod]
    public async Task ItCanNotTakeAnotherIdentity()
    {
        Client.DefaultRequestHeaders.Add("Impersonate-User", "admin");
        using HttpResponseMessage response = await SendAsync(Client, "GET", $"/api/v1/nodes/{Own}", null);
        Assert.AreEqual(403, (int)response.StatusCode);
        StringAssert.Contains(await response.Content.ReadAsStringAsync(), "cannot impersonate");
    }

    /// <summary>What <c>create nodes</c> gives away, since RBAC can not limit it to a name: a Node, but not one that stays Ready.</summary>
    [TestMethod]
    public async Task ANodeOfAnotherNameCanBeMadeButNotKept()
    {
        string foreign = NewName();
        JsonObject node = new()
        {
            ["metadata"] = new JsonObject { ["name"] = foreign },
            ["status"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }) },
        };
        using HttpResponseMessage made = await SendAsync(Client, "POST", "/api/v1/nodes", node.ToJsonString());
        Assert.AreEqual(201, (int)made.StatusCode);
        using HttpResponseMessage kept = await SendAsync(Client, "PATCH", $"/api/v1/nodes/{foreign}/status", node.ToJsonString());
        Assert.AreEqual(403, (int)kept.StatusCode);
        await Eventually.HoldsAsync(LossTime, async () => (await Cluster.GetAsync(Cluster.NodePath(foreign))).MustBe("Ready", "Unknown"));
    }

    private protected override IEnumerable<(string Method, string Path, string? Body)> OutsideTheEmbeddedServer()
    {
        return
        [
            ("POST", "/apis/authentication.k8s.io/v1/tokenreviews", """{"spec":{"token":"x"}}"""),
            ("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", """{"spec":{"user":"x","resourceAttributes":{"verb":"get","resource":"nodes"}}}"""),
            ("POST", "/apis/certificates.k8s.io/v1/certificatesigningrequests", """{"metadata":{"name":"x"}}"""),
            ("GET", "/apis/certificates.k8s.io/v1/certificatesigningrequests", null),
            ("POST", "/apis/events.k8s.io/v1/namespaces/default/events", """{"metadata":{"name":"x"}}"""),
            ("GET", "/api/v1/namespaces/default/endpoints/kubernetes", null),
            ("GET", "/apis/storage.k8s.io/v1/csinodes", null),
            ("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """{"metadata":{"name":"x"}}"""),
            ("GET", $"/api/v1/nodes/{Own}/proxy/metrics", null),
            ("GET", "/metrics", null),
            ("GET", "/logs", null),
        ];
    }

    // One string a rule: verbs, group, resource, name.
    private static async Task<HashSet<string>> RulesAsync(HttpClient client, string space)
    {
        using HttpResponseMessage response = await SendAsync(client, "POST", RulesReviews, new JsonObject { ["spec"] = new JsonObject { ["namespace"] = space } }.ToJsonString());
        JsonNode status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]!;
        Assert.IsFalse(status["incomplete"]!.GetValue<bool>() && status.Text("evaluationError")?.Contains("node authorizer", StringComparison.OrdinalIgnoreCase) != true, status.ToJsonString());
        IEnumerable<string> resources =
            from rule in status["resourceRules"]!.AsArray()
            from resource in Texts(rule, "resources")
            from name in Texts(rule, "resourceNames")
            select $"{string.Join(',', Texts(rule, "verbs").Order(StringComparer.Ordinal))} {string.Join(',', Texts(rule, "apiGroups")).TrimEnd('*')} {resource} {name}";
        IEnumerable<string> others =
            from rule in status["nonResourceRules"]!.AsArray()
            from url in Texts(rule, "nonResourceURLs")
            select $"{string.Join(',', Texts(rule, "verbs"))} {url}";
        return [.. resources, .. others];
    }

    private static string[] Texts(JsonNode? rule, string member)
    {
        return rule?[member] is JsonArray { Count: > 0 } texts ? [.. texts.Select(text => text!.GetValue<string>())] : ["*"];
    }
}
