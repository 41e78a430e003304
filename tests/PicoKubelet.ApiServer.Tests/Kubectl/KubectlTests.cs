using System.Diagnostics;
using System.Text.RegularExpressions;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Kubectl;

/// <summary>What users type. kubectl must be on the PATH.</summary>
[TestClass]
public sealed partial class KubectlTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [TestMethod]
    public async Task Nodes()
    {
        await using var kubectl = await StartAsync();
        await kubectl.Cluster.CreateNodeAsync("n1");
        await kubectl.Cluster.PostAsync(Cluster.Leases, """{"metadata":{"name":"n1"},"spec":{"holderIdentity":"n1","renewTime":"2026-01-23T10:30:00.000000Z"}}""");
        await kubectl.ExpectAsync("get nodes", @"^NAME +STATUS +ROLES +AGE +VERSION\nn1 +Ready +<none> +\d+s +v1\.34\.0-picokubelet\n$");
        await kubectl.ExpectAsync("get nodes -o wide", @"INTERNAL-IP.*\nn1 +Ready .* 10\.0\.0\.1 ");
        await kubectl.ExpectAsync("get node n1 -o jsonpath={.status.conditions[0].reason}", "^KubeletReady$");
        await kubectl.ExpectAsync("describe node n1", @"HolderIdentity: +n1(.|\n)*Ready +True(.|\n)*InternalIP: +10\.0\.0\.1(.|\n)*RegisteredNode");
        await kubectl.ExpectAsync("label node n1 a=b", "node/n1 labeled");
        await kubectl.ExpectAsync("get nodes -l a=b -o name", "^node/n1\n$");
        await kubectl.ExpectAsync("annotate node n1 c=d", "node/n1 annotated");
        await kubectl.ExpectAsync("taint node n1 k=v:NoSchedule", "node/n1 tainted");
        await kubectl.ExpectAsync("taint node n1 k-", "node/n1 untainted");
        await kubectl.ExpectAsync("cordon n1", "node/n1 cordoned");
        await kubectl.ExpectAsync("get nodes", "Ready,SchedulingDisabled");
        await kubectl.ExpectAsync("uncordon n1", "node/n1 uncordoned");
        await kubectl.ExpectAsync("drain n1", "node/n1 drained");
        await kubectl.ExpectAsync("get lease -n kube-node-lease n1 -o yaml", "renewTime: \"2026-01-23T10:30:00.000000Z\"");
        await kubectl.ExpectAsync("get events", "Normal +RegisteredNode +node/n1 +Node n1 event");
        await kubectl.ExpectAsync("delete node n1", "node \"n1\" deleted");
        await kubectl.ExpectAsync("get nodes", "No resources found");
    }

    [TestMethod]
    public async Task Patches()
    {
        await using var kubectl = await StartAsync();
        await kubectl.Cluster.CreateNodeAsync("n1");
        await kubectl.ExpectAsync("""patch node n1 -p {"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]}}""", "node/n1 patched");
        await kubectl.ExpectAsync("""patch node n1 --type=merge -p {"metadata":{"labels":{"x":"y"}}}""", "node/n1 patched");
        await kubectl.ExpectAsync("""patch node n1 --type=json -p [{"op":"remove","path":"/metadata/labels/x"}]""", "node/n1 patched");
        await kubectl.ExpectAsync("""patch node n1 --type=json -p [{"op":"test","path":"/metadata/name","value":"x"}]""", "the server rejected our request", exitCode: 1);
        await kubectl.ExpectAsync("""patch node nope -p {}""", "^Error from server \\(NotFound\\): nodes \"nope\" not found\n$", exitCode: 1);
    }

    [TestMethod]
    public async Task ConfigMaps()
    {
        await using var kubectl = await StartAsync();
        await kubectl.ExpectAsync("create configmap a --from-literal=k=one", "configmap/a created");
        await kubectl.ExpectAsync("create configmap a", "configmaps \"a\" already exists", exitCode: 1);
        await kubectl.ExpectAsync("edit configmap a", "configmap/a edited", editor: "sed -i s/one/two/");
        await kubectl.ExpectAsync("get configmap a -o jsonpath={.data.k}", "^two$");
        var file = kubectl.File("b.yaml", ConfigMap("b", "data: {x: '1', y: '1'}"));
        await kubectl.ExpectAsync($"apply -f {file}", "configmap/b created");
        await kubectl.ExpectAsync($"apply -f {file}", "configmap/b unchanged");
        kubectl.File("b.yaml", ConfigMap("b", "data: {x: '2'}"));
        await kubectl.ExpectAsync($"apply -f {file}", "configmap/b configured");
        await kubectl.ExpectAsync("get configmap b -o jsonpath={.data}", "^{\"x\":\"2\"}$");
        var wrong = kubectl.File("c.yaml", ConfigMap("c", "daata: {x: '2'}"));
        await kubectl.ExpectAsync($"apply -f {wrong}", "unknown field \"daata\"", exitCode: 1);
        await kubectl.ExpectAsync($"apply --server-side -f {file}", "configmap/b serverside-applied");
        await kubectl.ExpectAsync($"delete -f {file}", "configmap \"b\" deleted");
        await kubectl.ExpectAsync("get configmaps -A", @"default +a +1 +\d+s\n$");
    }

    [TestMethod]
    public async Task NamespacesAndTheRest()
    {
        await using var kubectl = await StartAsync();
        await kubectl.ExpectAsync("get namespaces -o name", "^namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system\n$");
        await kubectl.ExpectAsync("create namespace x", "namespace/x created");
        await kubectl.ExpectAsync("delete namespace x", "namespace \"x\" deleted");
        await kubectl.ExpectAsync("create serviceaccount s", "serviceaccount/s created");
        await kubectl.ExpectAsync("create secret generic g --from-literal=a=b", "secret/g created");
        await kubectl.ExpectAsync("get secrets", "g +Opaque +1");
        await kubectl.ExpectAsync("get pods", "No resources found");
        await kubectl.ExpectAsync("auth can-i create nodes", "yes");
        await kubectl.ExpectAsync("api-resources --no-headers", "nodes +no +v1 +false +Node");
        await kubectl.ExpectAsync("version", @"Server Version: v1\.34\.");
        await kubectl.ExpectAsync("get --raw /readyz", "^ok$");
        await kubectl.ExpectAsync("auth whoami", @"Username +admin\nGroups +\[system:masters system:authenticated\]");
        await kubectl.ExpectAsync("get csr", "No resources found");
        await kubectl.ExpectAsync("create cronjob j --image=x --schedule=*/1", "the server could not find the requested resource", exitCode: 1);
        await kubectl.ExpectAsync("get nope", "the server doesn't have a resource type \"nope\"", exitCode: 1);
    }

    [TestMethod]
    public async Task TokensAndHttps()
    {
        await using var kubectl = await StartAsync(new ApiServerOptions { Https = true, AdminToken = "secret" });
        kubectl.Cluster.Server.AddToken("weak", "nobody", "list configmaps");
        await kubectl.ExpectAsync("get namespaces -o name", "namespace/default");
        await kubectl.ExpectAsync("--token=weak get configmaps -o name", "configmap/kube-root-ca.crt");
        await kubectl.ExpectAsync("--token=weak get nodes", "nodes is forbidden: User \"nobody\" cannot list resource \"nodes\"", exitCode: 1);
        await kubectl.ExpectAsync("--token=weak auth can-i create nodes", "no", exitCode: 1);
        await kubectl.ExpectAsync("--token=other get nodes", "You must be logged in to the server", exitCode: 1);
    }

    [TestMethod]
    public async Task ServiceAccountsMayDoWhatTheirRolesSay()
    {
        // kubectl sends tokens over TLS alone.
        await using var kubectl = await StartAsync(new ApiServerOptions { Https = true, AdminToken = "secret" });
        await kubectl.ExpectAsync("create serviceaccount board", "created");
        await kubectl.ExpectAsync("create clusterrole x:board --verb=get,patch --resource=nodes,nodes/status --resource-name=n1", "created");
        await kubectl.ExpectAsync("create clusterrolebinding board --clusterrole=x:board --serviceaccount=default:board", "created");
        await kubectl.ExpectAsync("create role board --verb=list --resource=leases.coordination.k8s.io -n kube-node-lease", "created");
        await kubectl.ExpectAsync("create rolebinding board --role=board --serviceaccount=default:board -n kube-node-lease", "created");
        var token = (await kubectl.ExpectAsync("create token board", "^sa-")).Trim();
        await kubectl.ExpectAsync($"--token={token} auth can-i patch nodes/n1 --subresource=status", "yes");
        await kubectl.ExpectAsync($"--token={token} get nodes", "User \"system:serviceaccount:default:board\" cannot list resource \"nodes\"", exitCode: 1);
        await kubectl.ExpectAsync($"--token={token} get node n1", "nodes \"n1\" not found", exitCode: 1);
        await kubectl.ExpectAsync($"--token={token} get node n2", "Forbidden", exitCode: 1);
        await kubectl.ExpectAsync($"--token={token} get leases -n kube-node-lease", "No resources found");
        await kubectl.ExpectAsync($"--token={token} get leases -n default", "Forbidden", exitCode: 1);
        await kubectl.ExpectAsync("delete serviceaccount board", "deleted");
        await kubectl.ExpectAsync($"--token={token} get node n1", "You must be logged in to the server", exitCode: 1);
    }

    [TestMethod]
    public async Task Watches()
    {
        await using var kubectl = await StartAsync();
        using var process = kubectl.Start("get nodes -w --output-watch-events --no-headers", "");
        await kubectl.Cluster.CreateNodeAsync("n1");
        StringAssert.Matches(await process.StandardOutput.ReadLineAsync().WaitAsync(Limit), new Regex("^ADDED +n1 +Ready "));
        await kubectl.Cluster.SendAsync("DELETE", Cluster.Nodes + "/n1");
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        }
        while (line?.StartsWith("MODIFIED", StringComparison.Ordinal) == true);
        StringAssert.Matches(line, new Regex("^DELETED +n1 +Ready "));
        process.Kill();
    }

    // What kubectl sends in protobuf: with inlined types, quantities, and ports that are a number or a name.
    [TestMethod]
    public async Task PodsAndWhatMakesThem()
    {
        await using var kubectl = await StartAsync();
        await kubectl.Cluster.CreateNodeAsync("n1");
        await kubectl.ExpectAsync("create deployment d --image=x --port=80", "deployment.apps/d created");
        await kubectl.ExpectAsync("expose deployment d --target-port=web", "service/d exposed");
        await kubectl.ExpectAsync("get service d -o jsonpath={.spec.ports[0].targetPort}", "^web$");
        await kubectl.ExpectAsync("debug node/n1 --image=busybox -q", "");
        await kubectl.ExpectAsync("get pods -o jsonpath={..hostPath.path}/{..nodeName}", "^//n1$");
        await kubectl.ExpectAsync("create job j --image=x", "job.batch/j created");
        await kubectl.ExpectAsync("scale deployment d --replicas=2", "deployment.apps/d scaled");
        await kubectl.ExpectAsync("get deployment d -o jsonpath={.spec.replicas}", "^2$");
    }

    private static string ConfigMap(string name, string data) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n{data}\n";

    private static async Task<Runner> StartAsync(ApiServerOptions? options = null) => new(await Cluster.StartAsync(options));

    private sealed class Runner : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("kubectl-test-").FullName;

        public Runner(Cluster cluster)
        {
            Cluster = cluster;
            File("kubeconfig", cluster.Server.KubeconfigYaml());
        }

        public Cluster Cluster { get; }

        /// <summary>Writes a file and says where it is.</summary>
        public string File(string name, string content)
        {
            var path = Path.Combine(_folder, name);
            System.IO.File.WriteAllText(path, content);
            return path;
        }

        /// <summary>Runs kubectl with words that have no blanks in them, and looks for a pattern in what it says.</summary>
        public async Task<string> ExpectAsync(string arguments, string pattern, int exitCode = 0, string editor = "false")
        {
            using var process = Start(arguments, editor);
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            var said = await output + await errors;
            Assert.AreEqual(exitCode, process.ExitCode, $"kubectl {arguments}: {said}");
            StringAssert.Matches(said, new Regex(pattern), $"kubectl {arguments}");
            return said;
        }

        public Process Start(string arguments, string editor)
        {
            var start = new ProcessStartInfo("kubectl", arguments.Split(' '))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["KUBECONFIG"] = Path.Combine(_folder, "kubeconfig");
            start.Environment["KUBECACHEDIR"] = Path.Combine(_folder, "cache");
            start.Environment["KUBE_EDITOR"] = editor;
            return Process.Start(start)!;
        }

        public async ValueTask DisposeAsync()
        {
            await Cluster.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
