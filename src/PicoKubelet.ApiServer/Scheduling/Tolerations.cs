using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Scheduling;

/// <summary>Which taints a pod bears. Source: k8s.io/component-helpers, scheduling/corev1.</summary>
internal static class Tolerations
{
    /// <summary>The first of a node's taints with one of the effects that the pod does not tolerate, or null.</summary>
    public static JsonObject? FirstUntolerated(JsonObject node, JsonObject pod, params ReadOnlySpan<string> effects)
    {
        foreach (var taint in node.Items("spec", "taints"))
        {
            if (effects.Contains(taint.Text("effect") ?? "") && !Matching(pod, taint).Any())
            {
                return taint;
            }
        }
        return null;
    }

    /// <summary>Whether the pod does not tolerate the taint, or not any longer.</summary>
    public static bool IsOver(JsonObject pod, JsonObject taint, DateTimeOffset now)
    {
        var tolerations = Matching(pod, taint).ToList();
        var seconds = tolerations.Min(toleration => toleration.Number("tolerationSeconds"));
        return tolerations.Count == 0
            || (seconds is { } limit && taint.Text("timeAdded") is { } added && now >= Times.ParseTime(added).AddSeconds(Math.Clamp(limit, 0, int.MaxValue)));
    }

    private static IEnumerable<JsonObject> Matching(JsonObject pod, JsonObject taint) =>
        pod.Items("spec", "tolerations").Where(toleration => Matches(toleration, taint));

    private static bool Matches(JsonObject toleration, JsonObject taint)
    {
        if (toleration.Text("effect") is { Length: > 0 } effect && effect != taint.Text("effect"))
        {
            return false;
        }
        if (toleration.Text("key") is { Length: > 0 } key && key != taint.Text("key"))
        {
            return false;
        }
        return toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? "");
    }
}
