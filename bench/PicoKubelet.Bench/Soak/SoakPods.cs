using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Bench.Workloads;
using PicoKubelet.Bench.Workloads.Programs;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.Bench.Soak;

/// <summary>The pods of a soak: Deployments of the embedded cluster, and what becomes of them.</summary>
/// <param name="node">The board that they run on.</param>
internal sealed class SoakPods(VirtualNode node)
{
    /// <summary>The most pods on the board: the three, those that take their places in a rollout, and one more.</summary>
    public const int Max = 6;

    private const string Crashing = "crashes";

    private static readonly string[] Running = ["counts", "sleeps"];
    private static readonly string Root = $"/api/v1/namespaces/{PodSpace.Name}";

    private readonly Dictionary<string, int> _revisions = Running.ToDictionary(name => name, _ => 0);
    private string? _crashing;
    private int _restarts;

    /// <summary>Gets what they do.</summary>
    public static IEnumerable<string> Kinds => ["one counts and logs each second", "one sleeps", "one traps as soon as it is started"];

    /// <summary>Gets whether of each Deployment that can run there is one pod, of its last revision and Ready, and no other.</summary>
    public bool AreRight => Array.TrueForAll(Running, name =>
    {
        JsonObject[] pods = [.. node.Cluster.Pods.Where(pod => AppOf(pod) == name && !IsOver(pod))];
        return pods.Length == 1 && pods[0].Text("metadata", "deletionTimestamp") is null && pods[0].Text("metadata", "annotations", "revision") == Text(_revisions[name])
            && VirtualCluster.ConditionOf(pods[0], "Ready") == "True";
    });

    /// <summary>Tells whether a request reports a pod's status.</summary>
    public static bool IsReport(ServedRequest request) => request.Method == "PATCH" && request.Path.Contains("/pods/", StringComparison.Ordinal);

    /// <summary>Makes them.</summary>
    public void Create()
    {
        Admin("POST", "/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = PodSpace.Name } });
        Admin("POST", "/apis/node.k8s.io/v1/runtimeclasses", JsonNode.Parse(ClusterObjects.RuntimeClass)!);
        (string, byte[])[] programs = [("counts", WellBehaved.Counter), ("sleeps", WellBehaved.Sleeper), (Crashing, HostilePrograms.Traps().First().Module)];
        foreach ((string name, byte[] module) in programs)
        {
            Admin("POST", $"{Root}/configmaps", new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["binaryData"] = new JsonObject { [name + ".wasm"] = Convert.ToBase64String(module) },
            });
            Admin("POST", PodSpace.PathOf("deployments"), new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["spec"] = new JsonObject
                {
                    ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
                    ["revisionHistoryLimit"] = 1,
                    ["template"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name }, ["annotations"] = new JsonObject { ["revision"] = "0" } },
                        ["spec"] = PodSpace.Spec(name, name),
                    },
                },
            });
        }
    }

    /// <summary>Rolls one of them out, or deletes its pod.</summary>
    /// <param name="random">Which, and what.</param>
    public void Change(Random random)
    {
        string name = Running[random.Next(Running.Length)];
        if (random.Next(2) == 0)
        {
            JsonObject annotations = new() { ["revision"] = Text(++_revisions[name]) };
            Admin("PATCH", PodSpace.PathOf("deployments", name), new JsonObject
            {
                ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } },
            });
        }
        else
        {
            Delete(node.Cluster.Pods.First(pod => AppOf(pod) == name && !IsOver(pod)));
        }
    }

    /// <summary>Deletes the pods that are over, as whoever looks after a cluster does.</summary>
    /// <returns>How many were evicted, and how often the program that crashes was started again since the last time.</returns>
    public (int Evicted, int Restarts) Sweep()
    {
        JsonObject[] over = [.. node.Cluster.Pods.Where(IsOver)];
        Array.ForEach(over, Delete);
        JsonObject? crashing = node.Cluster.Pods.FirstOrDefault(pod => AppOf(pod) == Crashing && !IsOver(pod));
        int count = (int?)(long?)crashing?.Items("status", "containerStatuses").FirstOrDefault()?["restartCount"] ?? 0;
        string? uid = crashing?.Text("metadata", "uid");
        int restarts = uid == _crashing ? count - _restarts : count;
        (_crashing, _restarts) = (uid, count);
        return (over.Count(pod => pod.Text("status", "reason") == "Evicted"), restarts);
    }

    private static string? AppOf(JsonObject pod) => pod.Text("metadata", "labels", "app");

    private static bool IsOver(JsonObject pod) => pod.Text("status", "phase") is "Failed" or "Succeeded";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Delete(JsonObject pod) => Admin("DELETE", $"{Root}/pods/{pod.Text("metadata", "name")}", null);

    private void Admin(string method, string path, JsonNode? body)
    {
        if (!node.Cluster.Admin(method, path, body))
        {
            throw new InvalidOperationException($"{method} {path} is refused");
        }
    }
}
