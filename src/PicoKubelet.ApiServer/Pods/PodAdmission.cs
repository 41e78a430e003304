using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>
/// What the admission plugins add to a new pod, and refuse: ServiceAccount, RuntimeClass, DefaultTolerationSeconds, Priority.
/// Source: plugin/pkg/admission.
/// </summary>
internal static class PodAdmission
{
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const long TolerationSeconds = 300;

    // What the node controller's taints are called that end a node's pods.
    private static readonly string[] ToleratedForAWhile = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <summary>Completes a new pod.</summary>
    /// <exception cref="ApiException">It names a ServiceAccount or a RuntimeClass that is not there, or contradicts the latter.</exception>
    public static void Admit(ObjectStore store, JsonObject pod)
    {
        var spec = pod.Child("spec");
        if (!MirrorPods.IsMirror(pod))
        {
            AddServiceAccount(store, pod, spec);
        }
        RuntimeClassAdmission.Admit(store, pod, spec);
        foreach (var key in ToleratedForAWhile)
        {
            if (!spec.Items("tolerations").Any(toleration => IsAbout(toleration, key)))
            {
                Tolerations(spec).Add(new JsonObject
                {
                    ["key"] = key,
                    ["operator"] = "Exists",
                    ["effect"] = "NoExecute",
                    ["tolerationSeconds"] = TolerationSeconds,
                });
            }
        }
        spec["priority"] ??= 0L;
        spec["preemptionPolicy"] ??= "PreemptLowerPriority";
        var status = new JsonObject { ["phase"] = "Pending", ["qosClass"] = PodQuality.Of(spec) };
        pod["status"] = status;
    }

    internal static JsonArray Tolerations(JsonObject spec)
    {
        if (spec["tolerations"] is not JsonArray list)
        {
            list = [];
            spec["tolerations"] = list;
        }
        return list;
    }

    private static bool IsAbout(JsonObject toleration, string key) =>
        (toleration.Text("key") ?? "") is var own && (own.Length == 0 || own == key)
        && (toleration.Text("effect") ?? "") is "" or "NoExecute";

    private static void AddServiceAccount(ObjectStore store, JsonObject pod, JsonObject spec)
    {
        var ns = pod.Text("metadata", "namespace")!;
        var name = spec.Text("serviceAccountName") is { Length: > 0 } given ? given : "default";
        spec["serviceAccountName"] = name;
        spec["serviceAccount"] = name;
        var account = store.Get(ResourceCatalog.ServiceAccounts, ns, name) ?? throw Failures.Forbidden(
            ResourceCatalog.Pods,
            pod.Text("metadata", "name")!,
            $"error looking up service account {ns}/{name}: serviceaccount \"{name}\" not found");
        var mounts = spec["automountServiceAccountToken"] ?? account.Document["automountServiceAccountToken"];
        if (mounts?.GetValue<bool>() != false)
        {
            MountToken(spec);
        }
    }

    private static void MountToken(JsonObject spec)
    {
        var unmounted = spec.Items("containers").Concat(spec.Items("initContainers"))
            .Where(container => container.Items("volumeMounts").All(mount => mount.Text("mountPath") != TokenPath)).ToList();
        if (unmounted.Count == 0)
        {
            return;
        }
        var name = "kube-api-access-" + RandomNumberGenerator.GetString(NameLetters, 5);
        foreach (var container in unmounted)
        {
            var mounts = container["volumeMounts"] as JsonArray ?? [];
            container["volumeMounts"] = mounts;
            mounts.Add(new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = TokenPath });
        }
        var volumes = spec["volumes"] as JsonArray ?? [];
        spec["volumes"] = volumes;
        volumes.Add(new JsonObject { ["name"] = name, ["projected"] = TokenVolume() });
    }

    private static JsonObject TokenVolume() => new()
    {
        ["sources"] = new JsonArray(
            new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = 3607L, ["path"] = "token" } },
            new JsonObject
            {
                ["configMap"] = new JsonObject
                {
                    ["name"] = "kube-root-ca.crt",
                    ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                },
            },
            new JsonObject
            {
                ["downwardAPI"] = new JsonObject
                {
                    ["items"] = new JsonArray(new JsonObject
                    {
                        ["path"] = "namespace",
                        ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                    }),
                },
            }),
        ["defaultMode"] = 420L,
    };
}
