using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <content>ConfigMaps as files.</content>
public abstract partial class WorkloadTests
{
    // For all tests, which run at a time.
    private static readonly Lazy<Task<string>> Reader = new(BuildReaderAsync);

    [TestMethod]
    public async Task AProgramInCReadsAMountedFileAndSeesWhatChanges()
    {
        SimulatedBoard board = await StartBoardAsync(Pods);
        await Pods.AddProgramAsync("reader", await Reader.Value);

        // As large as one may be: what of it is no small file is passed over.
        await Cluster.CreateAsync($"/api/v1/namespaces/{Pods.Name}/configmaps", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "settings" },
            ["data"] = new JsonObject { ["a.filler"] = new string('x', 900_000), ["app.conf"] = "limit=20\n" },
        });
        JsonObject spec = Pods.Spec("reader");
        spec["volumes"]!.AsArray().Add(JsonNode.Parse("""{"name":"settings","configMap":{"name":"settings"}}"""));
        spec["containers"]![0]!["volumeMounts"]!.AsArray().Add(JsonNode.Parse("""{"name":"settings","mountPath":"/etc/app"}"""));
        spec["containers"]![0]!["resources"]!["limits"]!["memory"] = "16Ki";
        await Pods.ApplyAsync("v1", "Pod", "reader", spec);
        await Pods.WaitForPhaseAsync("reader", "Running");

        // WASI's numbers: read only, not allowed, no such file.
        await MustHaveWrittenAsync(board, "write 69\ncreate 69\noutside 76\nmissing 44\nlimit=20\n");
        await Pods.KubectlAsync("patch", "configmap", "settings", "--type=merge", "--patch", """{"data":{"app.conf":"limit=21\n"}}""");

        await MustHaveWrittenAsync(board, "write 69\ncreate 69\noutside 76\nmissing 44\nlimit=20\nlimit=21\n");
        Assert.AreEqual(0, PodSpace.RestartsOf(await Pods.WaitForPhaseAsync("reader", "Running")));
        await Pods.DeleteAsync("pod", "reader");
    }

    [TestMethod]
    public async Task AContainerWaitsForAMountedConfigMapThatIsMissing()
    {
        await StartBoardAsync(Pods);
        await Pods.AddProgramAsync("reader", await Reader.Value);
        JsonObject spec = Pods.Spec("reader");
        spec["volumes"]!.AsArray().Add(JsonNode.Parse("""{"name":"settings","configMap":{"name":"settings"}}"""));
        spec["containers"]![0]!["volumeMounts"]!.AsArray().Add(JsonNode.Parse("""{"name":"settings","mountPath":"/etc/app"}"""));
        spec["containers"]![0]!["resources"]!["limits"]!["memory"] = "16Ki";
        await Pods.ApplyAsync("v1", "Pod", "reader", spec);
        await Pods.WaitForAsync("reader", pod => Assert.AreEqual("configmap \"settings\" not found", PodSpace.StateOf(pod).Text("waiting", "message")));

        await Pods.KubectlAsync("create", "configmap", "settings", "--from-literal=app.conf=limit=20");

        await Pods.WaitForPhaseAsync("reader", "Running");
        await Pods.DeleteAsync("pod", "reader");
    }

    private static async Task<string> BuildReaderAsync()
    {
        foreach (string tool in new[] { "clang", "wasm-ld" })
        {
            if (ExternalProgram.Find(tool) is null || !Directory.Exists("/usr/lib/wasm32-wasi"))
            {
                Assert.Inconclusive($"{tool} or wasi-libc is not installed; what programs in C read is left out.");
            }
        }

        string module = Path.Combine(TestRun.NewFolder("reader"), "reader.wasm");
        string[] options = ["--target=wasm32-wasi", "--sysroot=/usr", "-Os", "-I", Repository.PathOf("sdk/c"), "-Wl,--strip-all", "-Wl,-z,stack-size=2048"];
        string source = Repository.PathOf("tests/PicoKubelet.IntegrationTests/Pods/reader.c");
        (await ExternalProgram.RunAsync("clang", [.. options, source, "-o", module], new Dictionary<string, string>(), PodSpace.Long)).MustSucceed();
        return Convert.ToBase64String(await File.ReadAllBytesAsync(module));
    }

    private Task MustHaveWrittenAsync(SimulatedBoard board, string expected)
    {
        return Eventually.HoldsAsync(PodSpace.Long, async () => Assert.AreEqual(expected, await KubeletClient.GetBodyAsync(board, $"/containerLogs/{Pods.Name}/reader/main")));
    }
}
