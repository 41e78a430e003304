using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Kubectl;

/// <summary>What a user of nodes types, and what API servers make of it: the embedded one as the real one.</summary>
public abstract class KubectlTests : ClusterTests
{
    private protected KubectlTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    [DataRow("node", "(KIND: +Node)(.|\n)*<(NodeS|s|O)")]
    [DataRow("node.spec.taints", "KIND: +Node(.|\n)*effect\t<string>")]
    [DataRow("node.status.conditions", "KIND: +Node(.|\n)*lastHeartbeatTime\t<string>")]
    [DataRow("lease.spec", "KIND: +Lease(.|\n)*renewTime\t<string>")]
    [DataRow("configmap", "KIND: +ConfigMap(.|\n)*data\t<map\\[string\\]string>")]
    [DataRow("pod.spec.containers.livenessProbe.httpGet", "KIND: +Pod(.|\n)*port\t<(string|IntOrString)>")]
    public async Task Explain_tells_the_fields(string what, string pattern)
    {
        StringAssert.Matches((await Cluster.KubectlAsync("explain", what)).MustSucceed().Output, new Regex(pattern));
    }

    [TestMethod]
    public async Task What_is_applied_on_the_servers_side_is_its_managers()
    {
        string space = await NewNamespaceAsync();
        string file = await WriteConfigMapAsync(space, "{x: '1', a: '1'}");
        await ExpectAsync(0, "configmap/c serverside-applied", "apply", "--server-side", "-f", file);
        await WriteConfigMapAsync(space, "{x: '2'}");
        await ExpectAsync(
            1,
            "Apply failed with 1 conflict: conflict with \"kubectl\": \\.data\\.x",
            "apply",
            "--server-side",
            "--field-manager=other",
            "-f",
            file);
        await ExpectAsync(0, "configmap/c serverside-applied", "apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", file);
        await ExpectAsync(0, "^{\"a\":\"1\",\"x\":\"2\"}$", "get", "configmap", "c", "-n", space, "-o", "jsonpath={.data}");

        // What its manager no longer applies goes; what has become another's stays.
        await WriteConfigMapAsync(space, "{z: '1'}");
        await ExpectAsync(0, "configmap/c serverside-applied", "apply", "--server-side", "-f", file);
        await ExpectAsync(0, "^{\"x\":\"2\",\"z\":\"1\"}$", "get", "configmap", "c", "-n", space, "-o", "jsonpath={.data}");
    }

    [TestMethod]
    public async Task What_somebody_wrote_before_the_first_apply_is_a_conflict()
    {
        string space = await NewNamespaceAsync();
        await ExpectAsync(0, "created", "create", "configmap", "c", "-n", space, "--from-literal=x=1");
        string file = await WriteConfigMapAsync(space, "{x: '2'}");
        await ExpectAsync(1, "Apply failed with 1 conflict: conflict with \"\\S+\"( using v1( at [^ ]+)?)?: \\.data\\.x", "apply", "--server-side", "-f", file);
        await ExpectAsync(0, "^1$", "get", "configmap", "c", "-n", space, "-o", "jsonpath={.data.x}");
    }

    [TestMethod]
    public async Task Labels_of_a_board_that_are_applied_survive_its_reports()
    {
        var board = await StartBoardAsync();
        string file = Path.Combine(TestRun.NewFolder(NewName()), "node.yaml");
        await File.WriteAllTextAsync(file, $"apiVersion: v1\nkind: Node\nmetadata:\n  name: {board.Name}\n  labels: {{shelf: top}}\n");
        await ExpectAsync(0, "serverside-applied", "apply", "--server-side", "-f", file);
        await WaitForRenewalAsync(board, DateTime.UtcNow);
        await ExpectAsync(0, "^top$", "get", "node", board.Name, "-o", "jsonpath={.metadata.labels.shelf}");
        await WaitUntilReadyAsync(board);
    }

    [TestMethod]
    public async Task Somebody_without_rights_is_told_so()
    {
        await ExpectAsync(1, "nodes is forbidden: User \"nobody\" cannot list resource \"nodes\" in API group \"\" at the cluster scope", "get", "nodes", "--as=nobody");
        await ExpectAsync(1, "no\n", "auth", "can-i", "delete", "nodes", "--as=nobody");
        await ExpectAsync(0, "selfsubjectrulesreviews.authorization.k8s.io +\\[\\] +\\[\\] +\\[create\\]", "auth", "can-i", "--list", "--as=nobody");
        await ExpectAsync(0, "^yes\n", "auth", "can-i", "delete", "configmaps");
        await ExpectAsync(0, "\\*\\.\\* +\\[\\] +\\[\\] +\\[\\*\\]", "auth", "can-i", "--list");
    }

    [TestMethod]
    public async Task Workloads_are_taken_from_kubectl()
    {
        string space = await NewNamespaceAsync();
        await ExpectAsync(0, "deployment.apps/d created", "create", "deployment", "d", "--image=x", "--port=80", "-n", space);
        await ExpectAsync(0, "^x 80$", "get", "deployment", "d", "-n", space, "-o", "jsonpath={..image} {..containerPort}");
        await ExpectAsync(0, "service/d exposed", "expose", "deployment", "d", "--target-port=8080", "-n", space);
        await ExpectAsync(0, "^8080$", "get", "service", "d", "-n", space, "-o", "jsonpath={.spec.ports[0].targetPort}");
    }

    private async Task ExpectAsync(int exitCode, string pattern, params string[] arguments)
    {
        ProgramResult result = await Cluster.KubectlAsync(arguments);
        string said = result.Output + result.Error;
        Assert.AreEqual(exitCode, result.ExitCode, said);
        StringAssert.Matches(said, new Regex(pattern));
    }

    private async Task<string> NewNamespaceAsync()
    {
        string space = NewName();
        await ExpectAsync(0, "created", "create", "namespace", space);
        return space;
    }

    private static async Task<string> WriteConfigMapAsync(string space, string data)
    {
        string file = Path.Combine(TestRun.NewFolder(space), "configmap.yaml");
        await File.WriteAllTextAsync(file, $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c, namespace: {space}}}\ndata: {data}\n");
        return file;
    }
}
