using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>What a RuntimeClass adds to its pods. Source: plugin/pkg/admission/runtimeclass.</summary>
internal static class RuntimeClassAdmission
{
    /// <summary>Adds the overhead, the nodes and the tolerations of the pod's RuntimeClass.</summary>
    /// <exception cref="ApiException">There is no such RuntimeClass, or the pod contradicts it.</exception>
    public static void Admit(ObjectStore store, JsonObject pod, JsonObject spec)
    {
        var name = spec.Text("runtimeClassName");
        var runtimeClass = string.IsNullOrEmpty(name) ? null : store.Get(ResourceCatalog.RuntimeClasses, "", name)
            ?? throw Refused(pod, $"pod rejected: RuntimeClass \"{name}\" not found");
        AddOverhead(pod, spec, runtimeClass?.Document.At("overhead", "podFixed") as JsonObject ?? []);
        if (runtimeClass is not null)
        {
            AddNodeSelector(pod, spec, runtimeClass.Document.At("scheduling", "nodeSelector") as JsonObject ?? []);
            foreach (var toleration in runtimeClass.Document.Items("scheduling", "tolerations"))
            {
                AddToleration(spec, toleration);
            }
        }
    }

    private static void AddOverhead(JsonObject pod, JsonObject spec, JsonObject overhead)
    {
        if (spec["overhead"] is JsonObject { Count: > 0 } own && !IsSame(own, overhead))
        {
            throw Refused(pod, overhead.Count == 0
                ? "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
                : "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (overhead.Count > 0)
        {
            spec["overhead"] = overhead.DeepClone();
        }
    }

    private static bool IsSame(JsonObject a, JsonObject b) =>
        a.Count == b.Count && a.All(entry => b.Text(entry.Key) is { } other && Quantity.Parse(entry.Value!.ToString()) == Quantity.Parse(other));

    private static void AddNodeSelector(JsonObject pod, JsonObject spec, JsonObject wanted)
    {
        foreach (var (key, value) in wanted)
        {
            var text = value!.ToString();
            if (spec.Text("nodeSelector", key) is { } own && own != text)
            {
                throw Refused(pod, $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {text}; pod.spec.nodeSelector[{key}] = {own}");
            }
            spec.Child("nodeSelector")[key] = text;
        }
    }

    private static void AddToleration(JsonObject spec, JsonObject toleration)
    {
        if (!spec.Items("tolerations").Any(own => JsonNode.DeepEquals(own, toleration)))
        {
            PodAdmission.Tolerations(spec).Add(toleration.DeepClone());
        }
    }

    private static ApiException Refused(JsonObject pod, string why) =>
        Failures.Forbidden(ResourceCatalog.Pods, pod.Text("metadata", "name") ?? "", why);
}
