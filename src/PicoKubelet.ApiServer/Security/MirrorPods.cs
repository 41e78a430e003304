using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// The pods that a node may create: those that mirror its static pods, are its own, and refer to nothing else. Source: the NodeRestriction and
/// ServiceAccount admissions, plugin/pkg/admission.
/// </summary>
internal static class MirrorPods
{
    private const string Annotation = "kubernetes.io/config.mirror";

    /// <summary>Whether a pod mirrors a static pod.</summary>
    public static bool IsMirror(JsonObject pod) => pod.At("metadata", "annotations", Annotation) is not null;

    /// <summary>Checks a pod that somebody creates.</summary>
    /// <exception cref="ApiException">A node may not.</exception>
    public static void Check(ObjectStore store, Identity identity, ResourceType type, JsonObject pod)
    {
        if (type == ResourceCatalog.Pods && NodeRights.NodeOf(identity.User, identity.Groups) is { } node && FindFault(store, node, pod) is { } fault)
        {
            throw Failures.Forbidden(type, pod.Text("metadata", "name") ?? "", fault);
        }
    }

    private static string? FindFault(ObjectStore store, string node, JsonObject pod)
    {
        if (!IsMirror(pod))
        {
            return $"pod does not have \"{Annotation}\" annotation, node \"{node}\" can only create mirror pods";
        }
        if (pod.Text("spec", "nodeName") != node)
        {
            return $"node \"{node}\" can only create pods with spec.nodeName set to itself";
        }
        var owners = pod.Items("metadata", "ownerReferences").ToList();
        if (owners.Count != 1)
        {
            return $"node \"{node}\" can only create pods with {(owners.Count > 1 ? "a single" : "an")} owner reference set to itself";
        }
        return FindOwnerFault(store, node, owners[0]) ?? FindReference(node, pod);
    }

    private static string? FindOwnerFault(ObjectStore store, string node, JsonObject owner)
    {
        if (owner.Text("apiVersion") != "v1" || owner.Text("kind") != "Node" || owner.Text("name") != node)
        {
            return $"node \"{node}\" can only create pods with an owner reference set to itself";
        }
        if (!owner.IsTrue("controller"))
        {
            return $"node \"{node}\" can only create pods with a controller owner reference set to itself";
        }
        if (owner.IsTrue("blockOwnerDeletion"))
        {
            return $"node \"{node}\" must not set blockOwnerDeletion on an owner reference";
        }
        return store.Get(ResourceCatalog.Nodes, "", node)?.Uid is { } uid && uid != owner.Text("uid") ? $"node {node} UID mismatch: expected {owner.Text("uid")} got {uid}" : null;
    }

    private static string? FindReference(string node, JsonObject pod)
    {
        var spec = pod.Child("spec");
        var volumes = spec.Items("volumes").ToList();
        var variables = spec.Items("containers").SelectMany(container => container.Items("env").Concat(container.Items("envFrom"))).ToList();
        string? what = spec.Text("serviceAccountName") is { Length: > 0 } ? "service accounts"
            : volumes.Exists(volume => volume["secret"] is not null) || spec.Items("imagePullSecrets").Any() || variables.Exists(RefersTo("secret")) ? "secrets"
            : volumes.Exists(volume => volume["configMap"] is not null) || variables.Exists(RefersTo("configMap")) ? "configmaps"
            : volumes.Exists(volume => volume["persistentVolumeClaim"] is not null) ? "persistentvolumeclaims" : null;
        return what is null ? null : what is "secrets" or "service accounts" ? $"a mirror pod may not reference {what}" : $"node \"{node}\" can not create pods that reference {what}";
    }

    private static Predicate<JsonObject> RefersTo(string kind) => variable => variable.At("valueFrom", kind + "KeyRef") is not null || variable[kind + "Ref"] is not null;
}
