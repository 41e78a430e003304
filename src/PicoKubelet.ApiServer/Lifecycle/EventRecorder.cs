using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>Writes the controllers' Events, and drops all Events after their time.</summary>
internal sealed class EventRecorder(ObjectStore store, TimeProvider time)
{
    // kube-apiserver's --event-ttl
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    /// <summary>Writes the node controller's Event about a node.</summary>
    public void Record(StoredObject node, string reason, string message) => Record(node, "node-controller", "Normal", reason, message);

    /// <summary>Writes an Event.</summary>
    /// <param name="about">What it is about.</param>
    /// <param name="component">Who says so.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">What happened, in a word.</param>
    /// <param name="message">What happened, for people.</param>
    public void Record(StoredObject about, string component, string type, string reason, string message)
    {
        var now = Times.Format(time.GetUtcNow());
        var involved = new JsonObject { ["kind"] = about.Type.Kind, ["name"] = about.Name, ["uid"] = about.Uid, ["apiVersion"] = about.Type.ApiVersion };
        if (about.Namespace.Length > 0)
        {
            involved["namespace"] = about.Namespace;
        }
        var document = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{about.Name}.{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..16]}",
                ["namespace"] = about.Namespace.Length > 0 ? about.Namespace : "default",
            },
            ["involvedObject"] = involved,
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = component },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1L,
            ["type"] = type,
        };
        store.Create(ResourceCatalog.Events, Normalizer.Normalize(document, ResourceCatalog.Events.Schema));
    }

    /// <summary>Deletes the Events whose time is over.</summary>
    public void DropOld()
    {
        var oldest = time.GetUtcNow() - TimeToLive;
        foreach (var item in store.List(ResourceCatalog.Events, null).Items)
        {
            var last = item.Document.Text("lastTimestamp") ?? item.Document.Text("metadata", "creationTimestamp")!;
            if (Times.ParseTime(last) < oldest && Times.ParseTime(item.Document.Text("metadata", "creationTimestamp")!) < oldest)
            {
                store.Delete(item.Type, item.Namespace, item.Name);
            }
        }
    }
}
