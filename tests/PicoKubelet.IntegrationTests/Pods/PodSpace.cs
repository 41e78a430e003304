using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>A namespace for the pods of one test, which run on the boards of that test alone; and kubectl in it.</summary>
internal sealed class PodSpace
{
    /// <summary>The pin that boards give to pods, as a resource.</summary>
    public const string Pin = "picokubelet.io/gpio-2";

    /// <summary>The settings by which a board offers two pods, and the pin.</summary>
    public const string BoardSettings = """{"pods":{"max":2,"pins":[2]}}""";

    /// <summary>What anything of a pod may take on a busy machine.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    // Its value is the namespace.
    private const string SetLabel = "set";

    // Longer than terminationGracePeriodSeconds of the pods here, and shorter than what ends them otherwise.
    private const string DeletionTimeout = "--timeout=28s";

    private readonly Cluster _cluster;
    private readonly string _folder;

    private PodSpace(Cluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        _folder = TestRun.NewFolder(name);
    }

    /// <summary>Gets the namespace's name.</summary>
    public string Name { get; }

    /// <summary>Gets the label of the boards that its pods may run on.</summary>
    public IReadOnlyDictionary<string, string> BoardLabels => new Dictionary<string, string> { [SetLabel] = Name };

    private string Root => $"/api/v1/namespaces/{Name}";

    /// <summary>Makes the namespace.</summary>
    public static async Task<PodSpace> CreateAsync(Cluster cluster)
    {
        PodSpace space = new(cluster, $"pods-{Guid.NewGuid():N}"[..17]);
        await cluster.CreateAsync("/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = space.Name } });

        // Pods need its ServiceAccount and that one's token, which the real server's controllers make a moment later.
        JsonObject pod = new() { ["metadata"] = new JsonObject { ["name"] = "first" }, ["spec"] = space.Spec("none") };
        await Eventually.HoldsAsync(Long, () => cluster.CreateAsync($"{space.Root}/pods?dryRun=All", pod));
        return space;
    }

    /// <summary>Deletes the namespace; nobody waits for it.</summary>
    public Task DeleteAsync()
    {
        return _cluster.DeleteAsync($"/api/v1/namespaces/{Name}");
    }

    /// <summary>Makes the ConfigMap of a program.</summary>
    /// <param name="name">The ConfigMap's name.</param>
    /// <param name="program">The program, base64.</param>
    public Task AddProgramAsync(string name, string program)
    {
        return _cluster.CreateAsync($"{Root}/configmaps", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["binaryData"] = new JsonObject { ["program.wasm"] = program },
        });
    }

    /// <summary>Makes the spec of a pod with one container.</summary>
    /// <param name="program">The ConfigMap with the program.</param>
    /// <param name="restartPolicy">Always, OnFailure or Never.</param>
    /// <param name="holdsPin">Whether it asks for the pin.</param>
    public JsonObject Spec(string program, string restartPolicy = "Always", bool holdsPin = false)
    {
        JsonObject limits = new() { ["memory"] = "4Ki" };
        if (holdsPin)
        {
            limits[Pin] = "1";
        }

        return new JsonObject
        {
            ["runtimeClassName"] = "picokubelet",
            ["nodeSelector"] = new JsonObject { [SetLabel] = Name },
            ["restartPolicy"] = restartPolicy,
            ["terminationGracePeriodSeconds"] = 3,
            ["volumes"] = new JsonArray(new JsonObject { ["name"] = "app", ["configMap"] = new JsonObject { ["name"] = program } }),
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "main",
                ["image"] = "picokubelet.io/wasm",
                ["command"] = new JsonArray("/app/program.wasm"),
                ["env"] = JsonNode.Parse("""[{"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]"""),
                ["resources"] = new JsonObject { ["limits"] = limits },
                ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "app", ["mountPath"] = "/app" }),
            }),
        };
    }

    /// <summary>Makes the template of a workload's pods, which are labelled app=main.</summary>
    public static JsonObject Template(JsonObject spec)
    {
        return new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "main" } }, ["spec"] = spec };
    }

    /// <summary>Makes the selector of a workload's pods.</summary>
    public static JsonObject Selector()
    {
        return new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "main" } };
    }

    /// <summary>Makes a pod that runs a program, and a ConfigMap of the pod's name for that.</summary>
    public async Task RunAsync(string name, string program, string restartPolicy = "Always", bool holdsPin = false)
    {
        await AddProgramAsync(name, program);
        await _cluster.CreateAsync($"{Root}/pods", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = Spec(name, restartPolicy, holdsPin),
        });
    }

    /// <summary>Applies an object with kubectl.</summary>
    public async Task ApplyAsync(string version, string kind, string name, JsonObject spec)
    {
        JsonObject manifest = new()
        {
            ["apiVersion"] = version,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = spec,
        };
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, manifest.ToJsonString());
        await KubectlAsync("apply", "--filename", file);
    }

    /// <summary>Deletes with kubectl, and waits until it is gone.</summary>
    public Task DeleteAsync(string kind, string name)
    {
        return KubectlAsync("delete", kind, name, DeletionTimeout);
    }

    /// <summary>Runs kubectl, which must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        return (await TryKubectlAsync(arguments)).MustSucceed().Output;
    }

    /// <summary>Runs kubectl.</summary>
    public Task<ProgramResult> TryKubectlAsync(params string[] arguments)
    {
        return _cluster.KubectlAsync(["--namespace", Name, .. arguments]);
    }

    /// <summary>Starts a kubectl that goes on.</summary>
    public RunningProgram StartKubectl(params string[] arguments)
    {
        return new RunningProgram(KubectlProgram.Require(), ["--kubeconfig", _cluster.KubeconfigPath, "--namespace", Name, .. arguments]);
    }

    /// <summary>Waits until all pods of a rollout are new, and ready.</summary>
    public async Task WaitForRolloutAsync(string what)
    {
        // kubectl's own wait ends with the first one that it takes for the end; a busy machine needs longer than one call may last.
        await Eventually.HoldsAsync(Long, async () =>
        {
            ProgramResult result = await TryKubectlAsync("rollout", "status", what, "--timeout=20s");
            Assert.AreEqual(0, result.ExitCode, result.Output + result.Error);
        });
    }

    /// <summary>Reads a pod.</summary>
    /// <returns>The pod, or null where there is none.</returns>
    public Task<JsonNode?> FindPodAsync(string name)
    {
        return _cluster.FindAsync($"{Root}/pods/{name}");
    }

    /// <summary>Reads all pods.</summary>
    public async Task<IReadOnlyList<JsonNode>> PodsAsync()
    {
        return [.. (await _cluster.GetAsync($"{Root}/pods"))["items"]!.AsArray().Select(pod => pod!)];
    }

    /// <summary>Waits until a pod is as it is to be.</summary>
    /// <returns>The pod.</returns>
    public Task<JsonNode> WaitForAsync(string name, Action<JsonNode> isRight)
    {
        return Eventually.GetAsync(Long, async () =>
        {
            JsonNode pod = await _cluster.GetAsync($"{Root}/pods/{name}");
            isRight(pod);
            return pod;
        });
    }

    /// <summary>Waits until a pod is in a phase.</summary>
    /// <returns>The pod.</returns>
    public Task<JsonNode> WaitForPhaseAsync(string name, string phase)
    {
        return WaitForAsync(name, pod => Assert.AreEqual(phase, pod.Text("status", "phase"), pod["status"]!.ToJsonString()));
    }

    /// <summary>Gets the state of a pod's container.</summary>
    public static JsonNode StateOf(JsonNode pod)
    {
        return pod["status"]?["containerStatuses"]?[0]?["state"] ?? new JsonObject();
    }

    /// <summary>Gets how often a pod's container was started again.</summary>
    public static int RestartsOf(JsonNode pod)
    {
        return pod["status"]!["containerStatuses"]![0]!["restartCount"]!.GetValue<int>();
    }

    /// <summary>Gets the status of a pod's condition Ready.</summary>
    public static string? ReadyOf(JsonNode pod)
    {
        return pod.Conditions().SingleOrDefault(condition => condition.Text("type") == "Ready")?.Text("status");
    }
}
