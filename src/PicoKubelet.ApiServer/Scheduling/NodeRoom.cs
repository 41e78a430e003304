using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Pods;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Scheduling;

/// <summary>A node, and what of it is taken.</summary>
internal sealed class NodeRoom(StoredObject node)
{
    private readonly Dictionary<string, decimal> _used = new(StringComparer.Ordinal);
    private readonly List<StoredObject> _pods = [];

    /// <summary>The node's name.</summary>
    public string Name => node.Name;

    /// <summary>How many pods it has.</summary>
    public int Pods => _pods.Count;

    /// <summary>Counts a pod in.</summary>
    public void Add(StoredObject pod)
    {
        _pods.Add(pod);
        foreach (var (resource, amount) in PodRequests.Of((JsonObject)pod.Document["spec"]!))
        {
            _used[resource] = _used.GetValueOrDefault(resource) + amount;
        }
    }

    /// <summary>How many of its pods are of that controller.</summary>
    public int PodsOf(string controller) => _pods.Count(pod => PodOwner.Uid(pod) == controller);

    /// <summary>Which part of its processor and memory is taken, of 2.</summary>
    public decimal Load => Part("cpu") + Part("memory");

    /// <summary>How many of its taints ask the pod to rather go elsewhere.</summary>
    public int Reluctance(JsonObject pod) => Tolerations.FirstUntolerated(node.Document, pod, "PreferNoSchedule") is null ? 0 : 1;

    /// <summary>Why the pod can not run there, in the scheduler's words; nothing where it can.</summary>
    public IReadOnlyList<string> Refuses(JsonObject pod, Dictionary<string, decimal> requests)
    {
        var spec = (JsonObject)pod["spec"]!;
        if (node.Document.IsTrue("spec", "unschedulable") && Tolerations.FirstUntolerated(Cordoned, pod, "NoSchedule") is not null)
        {
            return ["node(s) were unschedulable"];
        }
        if (Tolerations.FirstUntolerated(node.Document, pod, "NoSchedule", "NoExecute") is { } taint)
        {
            return [$"node(s) had untolerated taint {{{taint.Text("key")}: {taint.Text("value")}}}"];
        }
        if (!NodeAffinity.Matches(spec, node.Document))
        {
            return ["node(s) didn't match Pod's node affinity/selector"];
        }
        return Lacks(requests);
    }

    private static JsonObject Cordoned => new()
    {
        ["spec"] = new JsonObject { ["taints"] = new JsonArray(new JsonObject { ["key"] = "node.kubernetes.io/unschedulable", ["effect"] = "NoSchedule" }) },
    };

    private List<string> Lacks(Dictionary<string, decimal> requests)
    {
        var reasons = new List<string>();
        if (_pods.Count + 1 > Allocatable("pods"))
        {
            reasons.Add("Too many pods");
        }
        foreach (var (resource, amount) in requests.Where(request => request.Value > 0))
        {
            if (amount > Allocatable(resource) - _used.GetValueOrDefault(resource))
            {
                reasons.Add($"Insufficient {resource}");
            }
        }
        return reasons;
    }

    private decimal Part(string resource) => Allocatable(resource) is > 0 and var all ? _used.GetValueOrDefault(resource) / all : 0;

    private decimal Allocatable(string resource) => node.Document.At("status", "allocatable", resource) is { } amount ? Quantity.Parse(amount.ToString()) : 0;
}
