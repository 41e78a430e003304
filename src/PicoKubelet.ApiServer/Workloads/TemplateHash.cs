using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Tells the pods of one version of a template from those of another.</summary>
internal static class TemplateHash
{
    /// <summary>The label that a Deployment's ReplicaSets and pods have it in.</summary>
    public const string DeploymentLabel = "pod-template-hash";

    /// <summary>The label that a DaemonSet's pods have it in.</summary>
    public const string DaemonSetLabel = "controller-revision-hash";

    private const int Length = 10;

    /// <summary>The hash of an object's template of pods.</summary>
    public static string Of(JsonObject owner)
    {
        var hash = SHA256.HashData(JsonWriting.ToUtf8(owner.At("spec", "template")!));
        return Convert.ToHexStringLower(hash)[..Length];
    }
}
