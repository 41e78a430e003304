using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Kubectl;

/// <summary>What API servers do to pods and to what makes them, before any node has a part in it: the embedded one as the real one.</summary>
public abstract class PodApiTests : ClusterTests
{
    private const string Container = "{name: c, image: x, resources: {limits: {memory: 4Ki}}}";

    private protected PodApiTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task A_pod_gets_its_defaults()
    {
        string space = await NewNamespaceAsync();
        await CreateAsync(0, "created", space, "Pod", "v1", $"containers: [{Container}]");
        await ExpectAsync(
            0,
            "^Always 30 ClusterFirst default 4Ki Burstable Pending$",
            "get", "pod", "x", "-n", space, "-o",
            "jsonpath={.spec.restartPolicy} {.spec.terminationGracePeriodSeconds} {.spec.dnsPolicy} {.spec.serviceAccountName} "
            + "{.spec.containers[0].resources.requests.memory} {.status.qosClass} {.status.phase}");
        await ExpectAsync(
            0,
            "^node.kubernetes.io/not-ready:NoExecute:300 node.kubernetes.io/unreachable:NoExecute:300 $",
            "get", "pod", "x", "-n", space, "-o", "jsonpath={range .spec.tolerations[*]}{.key}:{.effect}:{.tolerationSeconds} {end}");
        await ExpectAsync(0, "^/var/run/secrets/kubernetes.io/serviceaccount$", "get", "pod", "x", "-n", space, "-o", "jsonpath={.spec.containers[0].volumeMounts[0].mountPath}");
    }

    [TestMethod]
    [DataRow("containers: [{name: c}]", "spec.containers\\[0\\].image: Required value")]
    [DataRow("containers: []", "spec.containers: Required value")]
    [DataRow("containers: [{name: c, image: x}, {name: c, image: x}]", "spec.containers\\[1\\].name: Duplicate value: \"c\"")]
    [DataRow("containers: [{name: c, image: x, volumeMounts: [{name: v, mountPath: /a}]}]", "spec.containers\\[0\\].volumeMounts\\[0\\].name: Not found: \"v\"")]
    [DataRow("containers: [{name: c, image: x, resources: {limits: {p/q: '1', memory: 1Ki}, requests: {memory: 2Ki}}}]", "must be less than or equal to memory limit")]
    [DataRow("restartPolicy: Some, containers: [{name: c, image: x}]", "spec.restartPolicy: Unsupported value: \"Some\"")]
    [DataRow("serviceAccountName: nobody, containers: [{name: c, image: x}]", "error looking up service account [-a-z0-9]+/nobody: serviceaccount \"nobody\" not found")]
    [DataRow("runtimeClassName: nope, containers: [{name: c, image: x}]", "pods \"x\" is forbidden: pod rejected: RuntimeClass \"nope\" not found")]
    [DataRow("overhead: {memory: 1Ki}, containers: [{name: c, image: x}]", "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")]
    public async Task What_is_wrong_with_a_pod_is_said(string spec, string pattern)
    {
        string space = await NewNamespaceAsync();
        await CreateAsync(1, pattern, space, "Pod", "v1", spec);
    }

    [TestMethod]
    public async Task Each_namespace_tells_its_pods_the_API_servers_CA()
    {
        string space = await NewNamespaceAsync();
        string[] read = ["get", "configmap", "kube-root-ca.crt", "-n", space, "-o", "jsonpath={.data.ca\\.crt}"];
        string ca = $"^{Regex.Escape(Cluster.CaPem.Trim())}\\s*$";
        await EventuallyAsync(ca, read);
        await ExpectAsync(0, "patched", "patch", "configmap", "kube-root-ca.crt", "-n", space, "-p", "{\"data\":{\"ca.crt\":\"mine\"}}");
        await EventuallyAsync(ca, read);
        await ExpectAsync(0, "deleted", "delete", "configmap", "kube-root-ca.crt", "-n", space);
        await EventuallyAsync(ca, read);
    }

    [TestMethod]
    public async Task A_RuntimeClass_adds_to_its_pods_and_bears_no_contradiction()
    {
        string space = await NewNamespaceAsync();
        string file = await WriteAsync(
            space,
            $"apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {{name: {space}}}\nhandler: wasm\noverhead: {{podFixed: {{memory: 6Ki}}}}\n"
            + "scheduling: {nodeSelector: {board: 'yes'}, tolerations: [{key: t, operator: Exists}]}\n");
        await ExpectAsync(0, "created", "create", "-f", file);
        try
        {
            await CreateAsync(0, "created", space, "Pod", "v1", $"runtimeClassName: {space}, containers: [{Container}]");
            await ExpectAsync(
                0, "^6Ki yes .*t", "get", "pod", "x", "-n", space, "-o", "jsonpath={.spec.overhead.memory} {.spec.nodeSelector.board} {.spec.tolerations[*].key}");
            await CreateAsync(
                1,
                "conflict: runtimeClass.scheduling.nodeSelector\\[board\\] = yes; pod.spec.nodeSelector\\[board\\] = no",
                space, "Pod", "v1", $"runtimeClassName: {space}, nodeSelector: {{board: 'no'}}, containers: [{Container}]");
            await CreateAsync(
                1,
                "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
                space, "Pod", "v1", $"runtimeClassName: {space}, overhead: {{memory: 1Ki}}, containers: [{Container}]");
        }
        finally
        {
            await ExpectAsync(0, "deleted", "delete", "runtimeclass", space);
        }
    }

    [TestMethod]
    public async Task A_pod_is_bound_once_and_goes_when_its_node_says_so()
    {
        string space = await NewNamespaceAsync();
        await CreateAsync(0, "created", space, "Pod", "v1", $"schedulerName: mine, containers: [{Container}]");
        string path = $"/api/v1/namespaces/{space}/pods/x/binding";
        string file = await WriteAsync(space, $$"""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"x"},"target":{"kind":"Node","name":"{{space}}"} }""");
        await ExpectAsync(0, "\"status\": ?\"Success\"", "create", "--raw", path, "-f", file);
        await ExpectAsync(1, "pod x is already assigned to node", "create", "--raw", path, "-f", file);

        await ExpectAsync(0, "deleted", "delete", "pod", "x", "-n", space, "--wait=false");
        await ExpectAsync(0, "^30$", "get", "pod", "x", "-n", space, "-o", "jsonpath={.metadata.deletionGracePeriodSeconds}");
        await ExpectAsync(0, " Terminating ", "get", "pod", "x", "-n", space, "--no-headers");
        await ExpectAsync(0, "deleted", "delete", "pod", "x", "-n", space, "--wait=false", "--grace-period=9");
        await ExpectAsync(0, "^9$", "get", "pod", "x", "-n", space, "-o", "jsonpath={.metadata.deletionGracePeriodSeconds}");
        await ExpectAsync(0, "deleted", "delete", "pod", "x", "-n", space, "--grace-period=0", "--force");
        await ExpectAsync(1, "pods \"x\" not found", "get", "pod", "x", "-n", space);
    }

    [TestMethod]
    [DataRow(
        "Deployment", "apps/v1", "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: x}]}}",
        "`selector` does not match template `labels`")]
    [DataRow("Deployment", "apps/v1", "template: {metadata: {labels: {a: c}}, spec: {containers: [{name: c, image: x}]}}", "spec.selector: Required value|missing required field \"selector\"")]
    [DataRow(
        "Job", "batch/v1", "template: {spec: {restartPolicy: Always, containers: [{name: c, image: x}]}}",
        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    public async Task What_is_wrong_with_a_workload_is_said(string kind, string version, string spec, string pattern)
    {
        await CreateAsync(1, pattern, await NewNamespaceAsync(), kind, version, spec);
    }

    [TestMethod]
    public async Task A_Deployment_makes_scales_and_leaves_nothing()
    {
        string space = await NewNamespaceAsync();
        string template = $"{{metadata: {{labels: {{a: b}}}}, spec: {{schedulerName: mine, containers: [{Container}]}}}}";
        await CreateAsync(0, "created", space, "Deployment", "apps/v1", $"replicas: 2, selector: {{matchLabels: {{a: b}}}}, template: {template}");
        await EventuallyAsync("^2$", "get", "deployment", "x", "-n", space, "-o", "jsonpath={.status.updatedReplicas}");
        await ExpectAsync(0, "^25% 25% 10 600 1$", "get", "deployment", "x", "-n", space, "-o",
            "jsonpath={.spec.strategy.rollingUpdate.maxSurge} {.spec.strategy.rollingUpdate.maxUnavailable} {.spec.revisionHistoryLimit} {.spec.progressDeadlineSeconds} {.metadata.generation}");
        await ExpectAsync(0, "^x +0/2 +2 +0 ", "get", "deployment", "x", "-n", space, "--no-headers");
        await ExpectAsync(0, "scaled", "scale", "deployment", "x", "-n", space, "--replicas=1");
        await EventuallyAsync("^1 2$", "get", "deployment", "x", "-n", space, "-o", "jsonpath={.status.replicas} {.status.observedGeneration}");
        await ExpectAsync(0, "deleted", "delete", "deployment", "x", "-n", space);
        await EventuallyAsync("^$", "get", "replicasets,pods", "-n", space, "-o", "name");
    }

    private Task EventuallyAsync(string pattern, params string[] arguments)
    {
        return Eventually.HoldsAsync(JoinTime, async () => StringAssert.Matches((await Cluster.KubectlAsync(arguments)).Output, new Regex(pattern)));
    }

    private async Task CreateAsync(int exitCode, string pattern, string space, string kind, string version, string spec)
    {
        string file = await WriteAsync(space, $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x, namespace: {space}}}\nspec: {{{spec}}}\n");
        await ExpectAsync(exitCode, pattern, "create", "-f", file);
    }

    private async Task ExpectAsync(int exitCode, string pattern, params string[] arguments)
    {
        ProgramResult result = await Cluster.KubectlAsync(arguments);
        string said = result.Output + result.Error;
        Assert.AreEqual(exitCode, result.ExitCode, said);
        StringAssert.Matches(said, new Regex(pattern));
    }

    private static async Task<string> WriteAsync(string space, string text)
    {
        string file = Path.Combine(TestRun.NewFolder(space), $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    // Pods need its ServiceAccount, which the real server makes a moment later.
    private async Task<string> NewNamespaceAsync()
    {
        string space = NewName();
        await ExpectAsync(0, "created", "create", "namespace", space);
        await EventuallyAsync("default", "get", "serviceaccount", "default", "-n", space, "-o", "name");
        return space;
    }
}
