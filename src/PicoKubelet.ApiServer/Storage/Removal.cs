using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>When an object that is to be deleted may go. Source: apiserver's registry/rest/delete.go, and the pods' strategy.</summary>
internal static class Removal
{
    private const string Timestamp = "deletionTimestamp";
    private const string GracePeriod = "deletionGracePeriodSeconds";

    /// <summary>Whether the object's deletion was asked for.</summary>
    public static bool HasBegun(JsonObject document) => document.At("metadata", Timestamp) is not null;

    /// <summary>Whether nothing holds the object: no finalizers, neither in its metadata nor (namespaces) in its spec, and no time that it was given.</summary>
    public static bool IsFinal(JsonObject document) =>
        document.Number("metadata", GracePeriod) is null or 0
        && IsEmpty(document.At("metadata", "finalizers")) && IsEmpty(document.At("spec", "finalizers"));

    /// <summary>Marks the object as being deleted, or gives it less time than it had.</summary>
    /// <param name="type">Its resource.</param>
    /// <param name="document">The object's document, which is changed.</param>
    /// <param name="wanted">The seconds that it is given to end; null: its own.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Begin(ResourceType type, JsonObject document, long? wanted, DateTimeOffset now)
    {
        var metadata = document.Child("metadata");
        if (metadata.Text(Timestamp) is { } end)
        {
            return type.EndsGracefully && Shorten(metadata, Times.ParseTime(end), wanted);
        }
        var period = type.EndsGracefully ? PodPeriod(document, wanted) : 0;
        metadata[Timestamp] = Times.Format(now.AddSeconds(period));
        metadata[GracePeriod] = period;
        if (type.Kind == "Namespace")
        {
            document.Child("status")["phase"] = "Terminating";
        }
        return true;
    }

    private static bool Shorten(JsonObject metadata, DateTimeOffset end, long? wanted)
    {
        var given = metadata.Number(GracePeriod) ?? 0;
        if (wanted is not { } less || less >= given)
        {
            return false;
        }
        metadata[Timestamp] = Times.Format(end.AddSeconds(less - given));
        metadata[GracePeriod] = less;
        return true;
    }

    // A pod that no node has, or that has ended, is waited for by nobody.
    private static long PodPeriod(JsonObject pod, long? wanted)
    {
        if (string.IsNullOrEmpty(pod.Text("spec", "nodeName")) || pod.Text("status", "phase") is "Failed" or "Succeeded")
        {
            return 0;
        }
        var period = wanted ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? 0;
        return period < 0 ? 1 : period;
    }

    private static bool IsEmpty(JsonNode? finalizers) => finalizers is not JsonArray { Count: > 0 };
}
