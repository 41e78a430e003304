using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>kubectl, through the API server, to a board's port that speaks TLS as a kubelet's does.</summary>
public abstract class NodeProxyTests : EnrolledBoardTests
{
    private protected NodeProxyTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task TheApiServerReachesTheBoard()
    {
        SimulatedBoard board = await StartServingBoardAsync();
        string proxy = $"/api/v1/nodes/{board.Name}/proxy";

        Assert.AreEqual("ok", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/healthz")).MustSucceed().Output);
        string metrics = (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/metrics")).MustSucceed().Output;
        Assert.Contains("kubelet_certificate_manager_client_expiration_seconds ", metrics);
        Assert.Contains("kubelet_certificate_manager_server_expiration_seconds ", metrics);
        Assert.Contains("node_cpu_usage_seconds_total", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/metrics/resource")).MustSucceed().Output);
        Assert.Contains("\"nodeName\"", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/stats/summary")).MustSucceed().Output);
        Assert.Contains("<a href=\"board.log\">board.log</a>\n", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/logs/")).MustSucceed().Output);
        Assert.Contains($"level=info msg=registered node={board.Name} ", (await Cluster.KubectlAsync("get", "--raw", $"{proxy}/logs/board.log")).MustSucceed().Output);
    }

    [TestMethod]
    public async Task AServiceAccountsTokenOpensWhatItsRightsAreFor()
    {
        const string Rbac = "rbac.authorization.k8s.io";
        const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
        SimulatedBoard board = await StartServingBoardAsync();
        string account = board.Name + "-scraper";
        await Cluster.CreateAsync(Accounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = account } });
        await Cluster.CreateAsync($"/apis/{Rbac}/v1/clusterroles", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = account },
            ["rules"] = new JsonArray(new JsonObject { ["apiGroups"] = new JsonArray(""), ["resources"] = new JsonArray("nodes/metrics"), ["verbs"] = new JsonArray("get") }),
        });
        await Cluster.CreateAsync($"/apis/{Rbac}/v1/clusterrolebindings", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = account },
            ["roleRef"] = new JsonObject { ["apiGroup"] = Rbac, ["kind"] = "ClusterRole", ["name"] = account },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["namespace"] = "default", ["name"] = account }),
        });
        JsonNode made = await Cluster.CreateAsync($"{Accounts}/{account}/token", new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        string token = made["status"]!["token"]!.GetValue<string>();

        Assert.AreEqual((200, ""), await AskAsync(board, "/metrics", token));
        Assert.AreEqual((200, ""), await AskAsync(board, "/metrics/resource", token));
        string words = $"Forbidden (user=system:serviceaccount:default:{account}, verb=get, resource=nodes, subresource=";
        Assert.AreEqual((403, words + "proxy)"), await AskAsync(board, "/pods", token));
        Assert.AreEqual((403, words + "stats)"), await AskAsync(board, "/stats/summary", token));
        Assert.AreEqual((401, "unauthorized"), await AskAsync(board, "/metrics", token[..^4] + "AAAA"));
        Assert.AreEqual((401, "unauthorized"), await AskAsync(board, "/metrics", "wrong"));
    }

    /// <summary>Asks the board itself.</summary>
    private static async Task<(int Status, string Error)> AskAsync(SimulatedBoard board, string path, string token)
    {
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using HttpClient client = new(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage reply = await client.GetAsync(new Uri($"https://{board.Address}:{board.KubeletPort}{path}"));
        string body = await reply.Content.ReadAsStringAsync();
        return ((int)reply.StatusCode, reply.IsSuccessStatusCode ? "" : JsonNode.Parse(body)!["error"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task KubectlPrintsWhatTheBoardRefuses()
    {
        SimulatedBoard board = await StartServingBoardAsync();
        string pod = await MakePodAsync(board.Name);

        foreach (string[] command in new string[][] { ["exec", pod, "--", "true"], ["attach", pod], ["port-forward", pod, "18080:80"] })
        {
            ProgramResult result = await Cluster.KubectlAsync([.. command, "--namespace", "default"]);

            Assert.AreNotEqual(0, result.ExitCode, string.Join(' ', command));
            Assert.Contains("what runs on this node has no shell and no ports", result.Error, result.Error);
        }
    }

    private async Task<SimulatedBoard> StartServingBoardAsync()
    {
        string name = NewName();
        await EnrollAsync(name, "--serving-names", "127.0.0.1");
        SimulatedBoard board = StartEnrolled(name);
        await WaitUntilSteadyAsync(board);
        return board;
    }

    [TestMethod]
    public async Task ALogThatIsNotThereIsMissedInTheKubeletsWords()
    {
        SimulatedBoard board = await StartServingBoardAsync();
        string proxy = $"/api/v1/nodes/{board.Name}/proxy/containerLogs/default/none/app";

        ProgramResult missed = await Cluster.KubectlAsync("get", "--raw", proxy);

        Assert.AreNotEqual(0, missed.ExitCode);
        Assert.Contains("NotFound", missed.Error, missed.Error);
    }

    /// <summary>Makes a pod that is bound to a node.</summary>
    private async Task<string> MakePodAsync(string node)
    {
        string name = node + "-pod";
        await Cluster.CreateAsync("/api/v1/namespaces/default/pods", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = node,
                ["automountServiceAccountToken"] = false,
                ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "none", ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 80 }) }),
            },
        });
        await Cluster.PatchAsync($"/api/v1/namespaces/default/pods/{name}/status", new JsonObject { ["status"] = new JsonObject { ["phase"] = "Running" } });
        return name;
    }
}
