using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Monitoring;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>What the kubelet's port tells of pods and their containers.</summary>
[TestClass]
public sealed class PodMetricsTests
{
    private static readonly string[] OfContainers = ["container_cpu_usage_seconds_total", "container_memory_working_set_bytes", "container_start_time_seconds"];
    private static readonly string[] OfPods = ["pod_cpu_usage_seconds_total", "pod_memory_working_set_bytes"];

    [TestMethod]
    public async Task ContainersAreInTheMetricsAndInTheSummary()
    {
        await using PodCluster cluster = await PodCluster.StartAsync(1, "127.0.9.31");
        await cluster.ApplyAsync($$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"probed"},"binaryData":{"a.wasm":"{{{TestPrograms.Probed}}}"}}""");
        string spec = PodCluster.Pod().Replace("\"wait\"", "\"probed\"", StringComparison.Ordinal)
            .Replace("\"command\":", "\"readinessProbe\":{\"periodSeconds\":1,\"exec\":{\"command\":[\"ready\"]}},\"command\":", StringComparison.Ordinal);
        await cluster.ApplyAsync($$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{{{spec}}} }""");
        (await cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/p", "--timeout=120s")).MustSucceed();

        string resource = await RawAsync(cluster, "metrics/resource");
        string metrics = await RawAsync(cluster, "metrics");

        // As metrics-server reads them: each of the first two above 0, or the pod is dropped.
        Exposition samples = new(resource);
        foreach (string name in OfContainers)
        {
            MetricSample sample = samples.Samples.Single(sample => sample.Name == name);
            StringAssert.Contains(resource, name + "{container=\"c\",namespace=\"default\",pod=\"p\"} ");
            Assert.IsGreaterThan(0, sample.Value, name);
        }

        Assert.AreEqual(DateTime.UtcNow.Subtract(DateTime.UnixEpoch).TotalSeconds, samples.Samples.Single(sample => sample.Name == OfContainers[2]).Value, 600);
        foreach (string name in OfPods)
        {
            StringAssert.Contains(resource, name + "{namespace=\"default\",pod=\"p\"} ");
        }

        StringAssert.Contains(metrics, "container_restarts_total{container=\"c\",namespace=\"default\",pod=\"p\"} 0\n");
        StringAssert.Contains(metrics, "picokubelet_pod_ready{namespace=\"default\",pod=\"p\"} 1\n");
        StringAssert.Matches(metrics, new("""prober_probe_total\{container="c",namespace="default",pod="p",probe_type="Readiness",result="successful"\} [1-9]"""));
        StringAssert.Contains(metrics, "prober_probe_total{container=\"c\",namespace=\"default\",pod=\"p\",probe_type=\"Readiness\",result=\"failed\"} 0\n");
        await CheckByPromtoolAsync(resource);
        await CheckByPromtoolAsync(metrics);
        CheckReference([.. new Exposition(metrics).Families.Where(family => IsOfPods(family.Name)), .. samples.Families.Where(family => IsOfPods(family.Name))]);

        JsonNode pod = JsonNode.Parse(await RawAsync(cluster, "stats/summary"))!["pods"]!.AsArray().Single()!;
        Assert.AreEqual("p", pod["podRef"]!["name"]!.GetValue<string>());
        Assert.AreEqual("c", pod["containers"]![0]!["name"]!.GetValue<string>());
        Assert.IsGreaterThan(0, pod["containers"]![0]!["memory"]!["workingSetBytes"]!.GetValue<long>());
        Assert.IsGreaterThan(0, pod["cpu"]!["usageCoreNanoSeconds"]!.GetValue<long>());

        (await cluster.KubectlAsync("delete", "pod", "p", "--timeout=120s")).MustSucceed();
        await Eventually.HoldsAsync(PodCluster.Long, async () => Assert.DoesNotContain("pod=\"p\"", await RawAsync(cluster, "metrics/resource")));
    }

    private static bool IsOfPods(string name) =>
        name.StartsWith("container_", StringComparison.Ordinal) || IsOfWholePods(name) || IsOfProbes(name) || IsOfProgram(name);

    private static bool IsOfWholePods(string name) => name.StartsWith("pod_", StringComparison.Ordinal) || name.StartsWith("picokubelet_pod_", StringComparison.Ordinal);

    private static bool IsOfProbes(string name) => name.StartsWith("prober_", StringComparison.Ordinal);

    private static bool IsOfProgram(string name) => name.StartsWith("picokubelet_program_", StringComparison.Ordinal);

    private static void CheckReference(IEnumerable<MetricFamily> families)
    {
        string documented = File.ReadAllText(Repository.PathOf("docs/monitoring.md"));
        foreach (MetricFamily family in families)
        {
            string labels = IsOfWholePods(family.Name) ? "`namespace`, `pod`" : "`container`, `namespace`, `pod`";
            labels += IsOfProgram(family.Name) ? ", `name`" : IsOfProbes(family.Name) ? ", `probe_type`, `result`" : "";
            StringAssert.Contains(documented, $"| `{family.Name}` | {family.Type} | {labels} | {family.Help} |");
        }
    }

    private static async Task<string> RawAsync(PodCluster cluster, string path)
    {
        return (await cluster.KubectlAsync("get", "--raw", "/api/v1/nodes/b1/proxy/" + path)).MustSucceed().Output;
    }

    private static async Task CheckByPromtoolAsync(string metrics)
    {
        string promtool = ExternalProgram.Find("promtool") ?? throw new AssertInconclusiveException("promtool is not installed; whether it likes the metrics is left out.");
        string file = Path.Combine(TestRun.NewFolder("pods"), "metrics.txt");
        await File.WriteAllTextAsync(file, metrics);

        ProgramResult result = await ExternalProgram.RunAsync("/bin/sh", ["-c", $"'{promtool}' check metrics < '{file}'"], new Dictionary<string, string>(), PodCluster.Long);

        Assert.AreEqual("", result.Output + result.Error);
    }
}
