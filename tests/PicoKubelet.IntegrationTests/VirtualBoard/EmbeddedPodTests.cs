using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>What the first minutes with pods show: the virtual board's own cluster, and kubectl.</summary>
[TestClass]
public class EmbeddedPodTests
{
    private const string Nodes = "jsonpath={.items[*].spec.nodeName}";
    private const string Pin = ",\"picokubelet.io/gpio-4\":\"1\"";

    [TestMethod]
    public async Task APodRunsIsReadAndIsDeleted()
    {
        await using PodCluster cluster = await PodCluster.StartAsync(3, "127.0.25.1");
        string spec = PodCluster.Pod("wait", "\"nodeSelector\":{\"kubernetes.io/hostname\":\"b2\"},", Pin);
        await cluster.ApplyAsync($$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{{{spec}}} }""");

        (await cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/p", "--timeout=120s")).MustSucceed();
        await cluster.ExpectAsync("running", "logs", "p");
        await cluster.ExpectAsync("Running b2", "get", "pod", "p", "-o", "jsonpath={.status.phase} {.spec.nodeName}");
        Assert.IsTrue(cluster.Fleet.Boards[1].IsPinHigh(4));
        CollectionAssert.Contains(cluster.Fleet.Boards[1].Pods.ToArray(), "default/p Running");

        ProgramResult refused = await cluster.KubectlAsync("exec", "p", "--", "ls");
        Assert.AreEqual(1, refused.ExitCode);
        StringAssert.Contains(refused.Error, "no shell");

        (await cluster.KubectlAsync("delete", "pod", "p", "--timeout=120s")).MustSucceed();
        Assert.IsEmpty(cluster.Fleet.Boards[1].Pods);
    }

    [TestMethod]
    public async Task ADeploymentIsRolledOutOverThreeBoards()
    {
        await using PodCluster cluster = await PodCluster.StartAsync(3, "127.0.25.11");
        string Deployment(int version) =>
            $$$"""
            {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d"},"spec":{"replicas":3,"strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":0} },
             "selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"},"annotations":{"version":"{{{version}}}"}},
             "spec":{{{PodCluster.Pod("wait", limits: Pin)}}} } } }
            """;
        await cluster.ApplyAsync(Deployment(1));
        (await cluster.KubectlAsync("rollout", "status", "deployment/d", "--timeout=120s")).MustSucceed();

        await cluster.ApplyAsync(Deployment(2));
        (await cluster.KubectlAsync("rollout", "status", "deployment/d", "--timeout=120s")).MustSucceed();
        await cluster.ExpectAsync("2 2 2", "get", "pods", "-o", "jsonpath={.items[*].metadata.annotations.version}");
        string[] nodes = (await cluster.KubectlAsync("get", "pods", "-o", Nodes)).Output.Split(' ');
        CollectionAssert.AreEquivalent(new[] { "b1", "b2", "b3" }, nodes);

        (await cluster.KubectlAsync("delete", "deployment", "d")).MustSucceed();
        await cluster.ExpectAsync("0", "get", "pods", "-o", "go-template={{len .items}}");
    }

    [TestMethod]
    public async Task ADaemonSetIsOnEachBoardAndAJobIsDoneOnce()
    {
        await using PodCluster cluster = await PodCluster.StartAsync(3, "127.0.25.21");
        await cluster.ApplyAsync(
            $$$"""
            {"kind":"DaemonSet","apiVersion":"apps/v1","metadata":{"name":"s"},
             "spec":{"selector":{"matchLabels":{"app":"s"}},"template":{"metadata":{"labels":{"app":"s"}},"spec":{{{PodCluster.Pod("wait")}}} } } }
            """);
        (await cluster.KubectlAsync("rollout", "status", "daemonset/s", "--timeout=120s")).MustSucceed();
        await cluster.ExpectAsync("3", "get", "daemonset", "s", "-o", "jsonpath={.status.numberReady}");

        string spec = PodCluster.Pod("once", "\"restartPolicy\":\"Never\",");
        await cluster.ApplyAsync($$$"""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"j"},"spec":{"template":{"spec":{{{spec}}} } } }""");
        (await cluster.KubectlAsync("wait", "--for=condition=complete", "job/j", "--timeout=120s")).MustSucceed();
        await cluster.ExpectAsync("done", "logs", "job/j");
    }
}
