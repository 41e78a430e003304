using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>What the first minutes with pods show: the virtual board's own cluster, and kubectl.</summary>
[TestClass]
public class EmbeddedPodTests
{
    [TestMethod]
    public async Task APodRunsIsReadAndIsDeleted()
    {
        await using PodCluster cluster = await PodCluster.StartAsync(3, "127.0.25.1");
        string spec = PodCluster.Pod("\"nodeSelector\":{\"kubernetes.io/hostname\":\"b2\"},", ",\"picokubelet.io/gpio-4\":\"1\"");
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
    [DataRow("blink", "pod.yaml", "pod/blink", "blinking at pin 4", 31, "wat2wasm")]
    [DataRow("blink", "daemonset.yaml", "daemonset/blink", "blinking at pin 4", 41, "wat2wasm")]
    [DataRow("button", "deployment.yaml", "deployment/button", "press the button", 51, "wasm-ld", "/usr/lib/rustlib/wasm32-wasi")]
    [DataRow("hello", "job.yaml", "job/hello", "hello from a board", 61, "clang", "wasm-ld", "/usr/lib/wasm32-wasi")]
    public async Task ASampleIsBuiltAppliedAndRead(string sample, string manifest, string what, string log, int address, params string[] tools)
    {
        foreach (string tool in tools)
        {
            if (!Directory.Exists(tool) && ExternalProgram.Find(tool) is null)
            {
                Assert.Inconclusive($"{tool} is not installed.");
            }
        }

        await using PodCluster cluster = await PodCluster.StartAsync(2, $"127.0.25.{address}");
        string program = await cluster.BuildAsync(sample);

        (await cluster.KubectlAsync("create", "configmap", sample, $"--from-file={sample}.wasm={program}")).MustSucceed();
        (await cluster.KubectlAsync("apply", "-f", Repository.PathOf($"samples/{sample}/{manifest}"))).MustSucceed();

        await Eventually.HoldsAsync(PodCluster.Long, async () => StringAssert.StartsWith((await cluster.KubectlAsync("logs", what)).Output, log));
        if (what == "daemonset/blink")
        {
            await Eventually.HoldsAsync(PodCluster.Long, () => Assert.IsTrue(cluster.Fleet.Boards.All(board => board.Pods.Count == 1)));
        }
    }
}
