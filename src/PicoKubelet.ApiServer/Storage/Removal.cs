using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>When an object that is to be deleted may go.</summary>
internal static class Removal
{
    /// <summary>Whether nothing holds the object: no finalizers, neither in its metadata nor (namespaces) in its spec.</summary>
    public static bool IsFinal(JsonObject document) =>
        IsEmpty(document.At("metadata", "finalizers")) && IsEmpty(document.At("spec", "finalizers"));

    /// <summary>Marks the object as being deleted.</summary>
    public static void Mark(JsonObject document, DateTimeOffset now)
    {
        document.Child("metadata")["deletionTimestamp"] = Times.Format(now);
        if (document.Text("kind") == "Namespace")
        {
            document.Child("status")["phase"] = "Terminating";
        }
    }

    private static bool IsEmpty(JsonNode? finalizers) => finalizers is not JsonArray { Count: > 0 };
}
