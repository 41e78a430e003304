using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Enroll;

/// <summary>Boards that sign in with a node's client certificate, which the cluster signed.</summary>
public abstract class NodeIdentityTests : EnrolledBoardTests
{
    private protected NodeIdentityTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task ABoardJoinsWithItsCertificateAlone()
    {
        string name = NewName();
        string text = await EnrollAsync(name);
        JsonObject settings = ReadSettings();
        (await Cluster.KubectlAsync("patch", "configmap", name, "--namespace", BoardIdentities.Namespace, "--type=merge", "--patch", """{"data":{"node.labels":"room=kitchen"}}""")).MustSucceed();

        SimulatedBoard board = StartEnrolled(name);

        await WaitUntilSteadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, async () => Assert.AreEqual("kitchen", (await NodeAsync(board)).Label("room")));
        Assert.IsFalse(settings.ContainsKey("token"));
        Assert.AreEqual(0, board.State.HeartbeatsFailed, board.State.LastError);
        Assert.DoesNotContain("PRIVATE KEY", text);
        AssertHolds(text, "client certificate, which expires on");
        string key = KeyIn(settings);
        Assert.IsFalse(board.Log.Any(line => line.Contains(key, StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task ANewCertificateTakesTheOldOnesPlaceAndNothingElse()
    {
        string name = NewName();
        await EnrollAsync(name);
        JsonObject before = ReadSettings();

        string text = (await RunAsync(name, "--rotate", "--output", Output)).MustSucceed().Output;

        JsonObject after = ReadSettings();
        foreach (string field in new[] { "clientCertificate", "clientKey" })
        {
            Assert.AreNotEqual(before[field]!.GetValue<string>(), after[field]!.GetValue<string>());
            before[field] = after[field]!.DeepClone();
        }

        Assert.IsTrue(JsonNode.DeepEquals(before, after));
        AssertHolds(text, "hold until they expire");
        await WaitUntilReadyAsync(StartEnrolled(name));
        ProgramResult requests = (await Cluster.KubectlAsync("get", "certificatesigningrequests", "--output", "name", "--selector", $"app.kubernetes.io/instance={name}")).MustSucceed();
        Assert.AreEqual("", requests.Output.Trim(), "what was asked for is cleaned up");
    }

    [TestMethod]
    public async Task ARemovedBoardLeavesNothing()
    {
        string name = NewName();
        await EnrollAsync(name);

        ProgramResult removed = (await RunAsync(name, "--remove")).MustSucceed();

        AssertHolds(removed.Output, "can not be taken back");
        ProgramResult left = await Cluster.KubectlAsync("get", "configmaps,roles,rolebindings", "--all-namespaces", "--output", "name", "--selector", $"app.kubernetes.io/instance={name}");
        Assert.AreEqual("", left.MustSucceed().Output.Trim());
    }

    [TestMethod]
    public async Task WhoMayNotIsToldWhichRightsAreMissing()
    {
        string name = NewName();
        string kubeconfig = await MakeUserAsync(name);

        ProgramResult enrolled = await EnrollProgram.RunAsync([.. EnrollArguments(name), "--kubeconfig", kubeconfig]);

        Assert.AreEqual(1, enrolled.ExitCode);
        AssertHolds(enrolled.Error, $"impersonate users system:node:{name}");
        AssertHolds(enrolled.Error, "impersonate groups system:nodes");
        AssertHolds(enrolled.Error, "update certificatesigningrequests/approval.certificates.k8s.io");
        AssertHolds(enrolled.Error, "approve signers.certificates.k8s.io kubernetes.io/kube-apiserver-client-kubelet");
        Assert.DoesNotContain("to get certificatesigningrequests", enrolled.Error);
        Assert.IsNull(await Cluster.FindAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{BoardIdentities.Namespace}/roles/picokubelet:{name}"));
        Assert.IsFalse(Directory.Exists(Output));
    }

    [TestMethod]
    public async Task PlainHttpTakesNoCertificate()
    {
        string name = NewName();
        string[] arguments = [.. EnrollArguments(name)];
        arguments[Array.IndexOf(arguments, "--api-server") + 1] = "http://192.168.1.10:8001";

        ProgramResult enrolled = await RunAsync([.. arguments, "--identity", "node"]);

        Assert.AreEqual(1, enrolled.ExitCode);
        AssertHolds(enrolled.Error, "plain HTTP, which shows no certificate");
        Assert.IsFalse(Directory.Exists(Output));
    }

    private static void AssertHolds(string text, string part)
    {
        Assert.Contains(part, text, text);
    }

    private static string KeyIn(JsonObject settings)
    {
        return settings["clientKey"]!.GetValue<string>().Split('\n')[1];
    }

    /// <summary>Makes a ServiceAccount that may look at certificate requests and at Nodes, and no more.</summary>
    /// <returns>Its kubeconfig.</returns>
    private async Task<string> MakeUserAsync(string name)
    {
        string user = name + "-user";
        (await Cluster.KubectlAsync("create", "serviceaccount", user, "--namespace", BoardIdentities.Namespace)).MustSucceed();
        string role = Folder.Write("role.yaml", $$"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: {{user}}
            rules:
              - apiGroups: ["certificates.k8s.io"]
                resources: ["certificatesigningrequests"]
                verbs: ["get"]
              - apiGroups: [""]
                resources: ["nodes"]
                verbs: ["get"]
            """);
        (await Cluster.KubectlAsync("create", "--filename", role)).MustSucceed();
        (await Cluster.KubectlAsync("create", "clusterrolebinding", user, "--clusterrole", user, "--serviceaccount", $"{BoardIdentities.Namespace}:{user}")).MustSucceed();
        string token = (await Cluster.KubectlAsync("create", "token", user, "--namespace", BoardIdentities.Namespace)).MustSucceed().Output.Trim();
        string kubeconfig = Folder.Write("kubeconfig", await File.ReadAllTextAsync(Cluster.KubeconfigPath));
        string[] admin = ["config", "--kubeconfig", kubeconfig];
        await ExternalProgram.RunAsync(KubectlProgram.Require(), [.. admin, "set-credentials", "user", "--token", token], new Dictionary<string, string>(), JoinTime);
        await ExternalProgram.RunAsync(KubectlProgram.Require(), [.. admin, "set-context", "--current", "--user", "user"], new Dictionary<string, string>(), JoinTime);
        return kubeconfig;
    }
}
