using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// Keeps the taints that follow from a node's conditions and from cordoning. Source: the node lifecycle controller
/// (pkg/controller/nodelifecycle), nodeConditionToTaintKeyStatusMap.
/// </summary>
internal sealed class NodeTaints(ObjectStore store, TimeProvider time)
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
    ];

    private static readonly string[] OwnKeys = [.. ByCondition.Select(entry => entry.Key), Unschedulable];

    public void OnChange(StoreEvent change)
    {
        if (change.Deleted || change.Current.Type != ResourceCatalog.Nodes || IsRight(change.Current.Document))
        {
            return;
        }
        store.Update(ResourceCatalog.Nodes, "", change.Current.Name, current =>
        {
            var document = (JsonObject)current.Document.DeepClone();
            Reconcile(document);
            return Normalizer.Normalize(document, ResourceCatalog.Nodes.Schema);
        });
    }

    private static bool IsRight(JsonObject node) =>
        Wanted(node).ToHashSet().SetEquals(node.Items("spec", "taints").Where(IsOwn).Select(Identity));

    private void Reconcile(JsonObject node)
    {
        var wanted = Wanted(node).ToList();
        var taints = node.Items("spec", "taints").Where(taint => !IsOwn(taint) || wanted.Contains(Identity(taint)))
            .Select(taint => taint.DeepClone()).ToList();
        foreach (var (key, effect) in wanted.Where(taint => !taints.Exists(old => Identity((JsonObject)old) == taint)))
        {
            taints.Add(new JsonObject { ["key"] = key, ["effect"] = effect, ["timeAdded"] = Times.Format(time.GetUtcNow()) });
        }
        node.Child("spec")["taints"] = new JsonArray([.. taints]);
    }

    private static IEnumerable<(string Key, string Effect)> Wanted(JsonObject node)
    {
        foreach (var condition in node.Items("status", "conditions"))
        {
            foreach (var entry in ByCondition)
            {
                if (condition.Text("type") != entry.Condition || condition.Text("status") != entry.Status)
                {
                    continue;
                }
                yield return (entry.Key, "NoSchedule");
                if (entry.Condition == "Ready")
                {
                    yield return (entry.Key, "NoExecute");
                }
            }
        }
        if (node.IsTrue("spec", "unschedulable"))
        {
            yield return (Unschedulable, "NoSchedule");
        }
    }

    private static bool IsOwn(JsonObject taint) => taint.Text("effect") switch
    {
        "NoSchedule" => OwnKeys.Contains(taint.Text("key")),
        "NoExecute" => taint.Text("key") is NotReady or Unreachable,
        _ => false,
    };

    private static (string Key, string Effect) Identity(JsonObject taint) => (taint.Text("key") ?? "", taint.Text("effect") ?? "");
}
