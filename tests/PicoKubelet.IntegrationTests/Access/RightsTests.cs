using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>A board's identity, as deploy/cluster makes it, may do what it needs to, and nothing else.</summary>
public abstract class RightsTests : ClusterTests
{
    private const string Reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
    private const string ConfigMaps = $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps";
    private const string Accounts = $"/api/v1/namespaces/{BoardIdentities.Namespace}/serviceaccounts";
    private const string Events = "/api/v1/namespaces/default/events";
    private const string MergePatch = "application/merge-patch+json";

    private HttpClient? _client;
    private string _own = string.Empty;
    private string _other = string.Empty;
    private string _token = string.Empty;

    private protected RightsTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestInitialize]
    public async Task MakeBoardsAsync()
    {
        _own = NewName();
        _other = NewName();
        _token = await Cluster.Identities.CreateAsync(_own, BoardRights.All);
        await Cluster.Identities.CreateAsync(_other, BoardRights.All);
        _client = NewClient(_token);
    }

    [TestCleanup]
    public void CloseClient()
    {
        _client?.Dispose();
    }

    /// <summary>The whole matrix, asked of the API server as <c>kubectl auth can-i</c> asks it.</summary>
    [TestMethod]
    public async Task EveryQuestionIsAnsweredAsTheTableSays()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Question[] questions = [.. BoardAccess.Questions(_own, _other)];
        List<string> wrong = [];
        int allowed = 0;
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (question, _) =>
        {
            bool may = await MayAsync(question);
            bool expected = BoardAccess.Allowed.Any(right => right.Covers(question, _own));
            lock (wrong)
            {
                allowed += may ? 1 : 0;
                if (may != expected)
                {
                    wrong.Add($"{(may ? "may" : "may not")}: {question}");
                }
            }
        });
        TestContext.WriteLine($"{questions.Length} questions, {allowed} allowed, in {watch.Elapsed.TotalSeconds:F1} s");
        Assert.AreEqual(string.Empty, string.Join('\n', wrong));
        Assert.IsTrue(allowed >= BoardAccess.Allowed.Sum(right => right.Verbs.Length));
    }

    /// <summary>A sample of the matrix and what surrounds it, done rather than asked.</summary>
    [TestMethod]
    public async Task WhatIsDoneIsAnsweredAsWhatIsAsked()
    {
        await Cluster.CreateAsync(ConfigMaps, new JsonObject { ["metadata"] = new JsonObject { ["name"] = _own } });
        await Cluster.CreateAsync("/api/v1/nodes", new JsonObject { ["metadata"] = new JsonObject { ["name"] = _other } });
        await Cluster.CreateAsync(Leases, new JsonObject { ["metadata"] = new JsonObject { ["name"] = _other } });
        string byName = $"fieldSelector=metadata.name%3D{_own}";
        const string Patch = """{"metadata":{"annotations":{"a":"b"}}}""";
        const string Status = """{"status":{"phase":""}}""";

        await MustBeAsync(201, "POST", "/api/v1/nodes", Named(_own));
        await MustBeAsync(200, "GET", $"/api/v1/nodes/{_own}");
        await MustBeAsync(200, "PATCH", $"/api/v1/nodes/{_own}", Patch);
        await MustBeAsync(200, "PATCH", $"/api/v1/nodes/{_own}/status", Status);
        await MustBeAsync(201, "POST", Leases, Named(_own));
        await MustBeAsync(200, "GET", $"{Leases}/{_own}");
        await MustBeAsync(200, "PATCH", $"{Leases}/{_own}", Patch);
        await MustBeAsync(200, "GET", $"{ConfigMaps}/{_own}");
        await MustBeAsync(200, "GET", $"{ConfigMaps}?watch=true&{byName}&timeoutSeconds=1");
        string occurred = EventJson($"{_own}.{Guid.NewGuid():N}");
        await MustBeAsync(201, "POST", Events, occurred);
        await MustBeAsync(200, "PATCH", $"{Events}/{JsonNode.Parse(occurred)!.Text("metadata", "name")}", """{"count":2}""");

        (string Method, string Path, string? Body)[] refused =
        [
            // Its own objects, in ways that it does not need.
            ("PUT", $"/api/v1/nodes/{_own}", Named(_own)), ("DELETE", $"/api/v1/nodes/{_own}", null), ("PUT", $"/api/v1/nodes/{_own}/status", Named(_own)),
            ("GET", $"/api/v1/nodes/{_own}/status", null), ("DELETE", $"{Leases}/{_own}", null),
            ("PATCH", $"{ConfigMaps}/{_own}", Patch), ("PUT", $"{ConfigMaps}/{_own}", Named(_own)), ("DELETE", $"{ConfigMaps}/{_own}", null),
            ("GET", $"{ConfigMaps}?{byName}", null), ("GET", $"/api/v1/nodes?{byName}", null),
            ("GET", $"{Accounts}/{_own}", null), ("POST", $"{Accounts}/{_own}/token", "{}"), ("DELETE", $"{Accounts}/{_own}", null),

            // Other boards' objects.
            ("GET", $"/api/v1/nodes/{_other}", null), ("PATCH", $"/api/v1/nodes/{_other}", Patch), ("PATCH", $"/api/v1/nodes/{_other}/status", Status),
            ("DELETE", $"/api/v1/nodes/{_other}", null), ("GET", $"{Leases}/{_other}", null), ("PATCH", $"{Leases}/{_other}", Patch),
            ("PUT", $"{Leases}/{_other}", Named(_other)), ("GET", $"{ConfigMaps}/{_other}", null), ("POST", $"{Accounts}/{_other}/token", "{}"),
            ("GET", $"{ConfigMaps}?watch=true&fieldSelector=metadata.name%3D{_other}", null),

            // Everybody's.
            ("GET", "/api/v1/nodes", null), ("GET", "/api/v1/nodes?watch=true", null), ("DELETE", "/api/v1/nodes", null), ("GET", Leases, null),
            ("GET", ConfigMaps, null), ("GET", $"{ConfigMaps}?watch=true", null), ("POST", ConfigMaps, Named("mine")), ("GET", "/api/v1/configmaps", null),
            ("GET", Events, null), ("DELETE", Events, null), ("POST", "/api/v1/namespaces/kube-system/events", EventJson("x")),
            ("POST", $"/api/v1/namespaces/{BoardIdentities.Namespace}/events", EventJson("x")),
            ("POST", "/apis/coordination.k8s.io/v1/namespaces/default/leases", Named(_own)),
            ("GET", $"/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/{_own}", null),
            ("GET", $"/api/v1/namespaces/kube-system/configmaps/{_own}", null), ("GET", "/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt", null),
            ("GET", "/api/v1/secrets", null), ("GET", $"/api/v1/namespaces/{BoardIdentities.Namespace}/secrets", null),
            ("POST", $"/api/v1/namespaces/{BoardIdentities.Namespace}/secrets", Named("mine")), ("GET", "/api/v1/namespaces/kube-system/secrets/x", null),
            ("GET", "/api/v1/pods", null), ("POST", $"/api/v1/namespaces/{BoardIdentities.Namespace}/pods", Named("mine")),
            ("POST", "/api/v1/namespaces/default/pods/x/exec", null), ("GET", "/api/v1/namespaces/default/pods/x/log", null),
            ("POST", "/api/v1/namespaces/default/pods/x/eviction", Named("x")),
            ("GET", "/api/v1/namespaces", null), ("POST", "/api/v1/namespaces", Named("mine")), ("DELETE", $"/api/v1/namespaces/{BoardIdentities.Namespace}", null),
            ("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles", null),
            ("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", Named("mine")),
            ("PATCH", $"/apis/rbac.authorization.k8s.io/v1/namespaces/{BoardIdentities.Namespace}/roles/picokubelet:{_own}", """{"rules":[]}"""),
            ("POST", $"/apis/apps/v1/namespaces/{BoardIdentities.Namespace}/deployments", Named("mine")),
            .. OutsideTheEmbeddedServer(),
        ];
        foreach ((string method, string path, string? body) in refused)
        {
            await MustBeAsync(403, method, path, body);
        }

        // They were refused, and nothing was done all the same.
        await Cluster.GetAsync($"/api/v1/nodes/{_other}");
        await Cluster.GetAsync($"{Leases}/{_other}");
        await Cluster.GetAsync($"/api/v1/nodes/{_own}");
    }

    /// <summary>By kubectl itself, a row of the table each and as many that are in none.</summary>
    [TestMethod]
    public async Task KubectlSaysTheSame()
    {
        (string Question, string Answer)[] asked =
        [
            ("create nodes", "yes"), ($"get nodes/{_own}", "yes"), ($"patch nodes/{_own} --subresource=status", "yes"),
            ($"update leases.coordination.k8s.io/{_own} -n kube-node-lease", "yes"), ($"watch configmaps/{_own} -n {BoardIdentities.Namespace}", "yes"),
            ("create events -n default", "yes"),
            ("list nodes", "no"), ($"delete nodes/{_own}", "no"), ($"patch nodes/{_other} --subresource=status", "no"),
            ($"get secrets -n {BoardIdentities.Namespace}", "no"), ($"create serviceaccounts/{_own} --subresource=token -n {BoardIdentities.Namespace}", "no"),
            ("create pods", "no"), ("* *", "no"),
        ];
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, _) =>
        {
            ProgramResult answer = await Cluster.KubectlAsync(["auth", "can-i", .. item.Question.Split(' '), "--token", _token]);
            Assert.AreEqual(item.Answer, answer.Output.Trim(), $"{item.Question}: {answer.Error}");
        });
    }

    private protected virtual IEnumerable<(string Method, string Path, string? Body)> OutsideTheEmbeddedServer()
    {
        return [];
    }

    /// <summary>Sends a request and checks its status.</summary>
    private async Task MustBeAsync(int status, string method, string path, string? body = null)
    {
        using HttpResponseMessage response = await SendAsync(Client, method, path, body);
        Assert.AreEqual(status, (int)response.StatusCode, $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Sends a request with a body where there is one.</summary>
    private protected static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(method == "PATCH" ? MergePatch : "application/json")),
        };
        return await client.SendAsync(request);
    }

    /// <summary>Makes a client with a token.</summary>
    private protected HttpClient NewClient(string token)
    {
        HttpClient client = new(Cluster.NewHandler()) { BaseAddress = Cluster.Url, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private protected HttpClient Client => _client!;

    private protected string Own => _own;

    private static string Named(string name)
    {
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString();
    }

    private static string EventJson(string name)
    {
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["involvedObject"] = new JsonObject { ["kind"] = "Node", ["name"] = "x" },
            ["reason"] = "Tested",
        }.ToJsonString();
    }

    private async Task<bool> MayAsync(Question question)
    {
        using HttpResponseMessage response = await SendAsync(Client, "POST", Reviews, question.ToReview().ToJsonString());
        string text = await response.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.Created, response.StatusCode, text);
        return JsonNode.Parse(text)!["status"]!["allowed"]?.GetValue<bool>() ?? false;
    }
}
