using System.Text.Json.Nodes;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.Bench.Workloads;

/// <summary>A namespace for the pods of boards, as its administrator sees it.</summary>
internal sealed class PodSpace
{
    /// <summary>The namespace's name.</summary>
    public const string Name = "proof";

    private const string Root = $"/api/v1/namespaces/{Name}";
    private const string Microcontroller = "picokubelet.io/microcontroller";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ControlPlane _plane;

    private PodSpace(ControlPlane plane)
    {
        _plane = plane;
    }

    /// <summary>Makes the namespace, and the RuntimeClass of deploy/cluster.</summary>
    /// <exception cref="BenchException">The control plane gives it no ServiceAccount.</exception>
    public static async Task<PodSpace> CreateAsync(ControlPlane plane, CancellationToken stop)
    {
        await plane.CreateAsync("/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = Name } });
        await plane.CreateAsync("/apis/node.k8s.io/v1/runtimeclasses", JsonNode.Parse(ClusterObjects.RuntimeClass)!);
        for (long end = Environment.TickCount64 + (long)Timeout.TotalMilliseconds; await plane.FindAsync($"{Root}/serviceaccounts/default") is null;)
        {
            await Task.Delay(100, stop);
            if (Environment.TickCount64 > end)
            {
                throw new BenchException("the control plane makes no ServiceAccount");
            }
        }

        return new PodSpace(plane);
    }

    /// <summary>Makes a ConfigMap of programs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="programs">The programs, by the names of their containers.</param>
    public Task AddProgramsAsync(string name, params (string Key, byte[] Module)[] programs)
    {
        return _plane.CreateAsync($"{Root}/configmaps", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["binaryData"] = new JsonObject(programs.Select(program => KeyValuePair.Create(program.Key + ".wasm", (JsonNode?)Convert.ToBase64String(program.Module)))),
        });
    }

    /// <summary>Makes the spec of a pod whose programs lie in a ConfigMap.</summary>
    /// <param name="configMap">The ConfigMap.</param>
    /// <param name="containers">The containers, each with the name of its program.</param>
    public static JsonObject Spec(string configMap, params string[] containers)
    {
        JsonObject spec = Spec(containers.Select(name => new JsonObject
        {
            ["name"] = name,
            ["image"] = "picokubelet.io/wasm",
            ["command"] = new JsonArray($"/app/{name}.wasm"),
            ["resources"] = JsonNode.Parse("""{"limits":{"memory":"4Ki"}}"""),
            ["volumeMounts"] = JsonNode.Parse("""[{"name":"app","mountPath":"/app"}]"""),
        }));
        spec["volumes"] = new JsonArray(new JsonObject { ["name"] = "app", ["configMap"] = new JsonObject { ["name"] = configMap } });
        return spec;
    }

    /// <summary>Makes the spec of a pod whose program is an image.</summary>
    public static JsonObject ImageSpec(string image) => Spec([new JsonObject { ["name"] = "main", ["image"] = image }]);

    /// <summary>Makes a pod.</summary>
    public Task RunAsync(string name, JsonObject spec)
    {
        return _plane.CreateAsync($"{Root}/pods", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec });
    }

    /// <summary>Makes a workload of apps/v1 whose pods are labelled by its name.</summary>
    /// <param name="resource">Such as deployments.</param>
    /// <param name="name">Its name.</param>
    /// <param name="more">What of its spec is neither selector nor template.</param>
    /// <param name="pod">The spec of its pods.</param>
    public Task RunAsync(string resource, string name, JsonObject more, JsonObject pod)
    {
        JsonObject spec = (JsonObject)more.DeepClone();
        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } };
        spec["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } }, ["spec"] = pod };
        return _plane.CreateAsync(PathOf(resource), new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec });
    }

    /// <summary>Gets the path of the workloads of a resource of apps/v1, or of one of them.</summary>
    public static string PathOf(string resource, string? name = null) => $"/apis/apps/v1/namespaces/{Name}/{resource}" + (name is null ? "" : "/" + name);

    /// <summary>Reads a pod.</summary>
    /// <returns>The pod, or null where there is none.</returns>
    public Task<JsonNode?> FindAsync(string name) => _plane.FindAsync($"{Root}/pods/{name}");

    /// <summary>Reads all pods, or those with a label.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string? label = null)
    {
        JsonNode? list = await _plane.FindAsync($"{Root}/pods{(label is null ? "" : "?labelSelector=" + Uri.EscapeDataString(label))}");
        return [.. list!["items"]!.AsArray().Select(pod => pod!)];
    }

    /// <summary>Deletes a pod.</summary>
    public Task DeleteAsync(string name, int? graceSeconds = null) => _plane.DeleteAsync($"{Root}/pods/{name}", graceSeconds);

    // With what the admission of a RuntimeClass adds: a DaemonSet chooses its nodes before that.
    private static JsonObject Spec(IEnumerable<JsonObject> containers) => new()
    {
        ["runtimeClassName"] = "picokubelet",
        ["nodeSelector"] = new JsonObject { [Microcontroller] = "true" },
        ["tolerations"] = new JsonArray(new JsonObject { ["key"] = Microcontroller, ["operator"] = "Exists", ["effect"] = "NoSchedule" }),
        ["automountServiceAccountToken"] = false,
        ["terminationGracePeriodSeconds"] = 3,
        ["containers"] = new JsonArray([.. containers]),
    };
}
