using System.Globalization;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>Writes the node controller's Events, and drops all Events after their time.</summary>
internal sealed class EventRecorder(ObjectStore store, TimeProvider time)
{
    // kube-apiserver's --event-ttl
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    /// <summary>Writes an Event about a node.</summary>
    public void Record(StoredObject node, string reason, string message)
    {
        var now = Times.Format(time.GetUtcNow());
        var document = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{node.Name}.{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..16]}",
                ["namespace"] = "default",
            },
            ["involvedObject"] = new JsonObject { ["kind"] = "Node", ["name"] = node.Name, ["uid"] = node.Uid, ["apiVersion"] = "v1" },
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = "node-controller" },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1L,
            ["type"] = "Normal",
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
