using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Protobuf;
using PicoKubelet.ApiServer.Storage;
using PicoKubelet.ApiServer.Tables;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Writes objects and lists in the form that the client asked for.</summary>
internal sealed class ObjectWriter(TimeProvider time)
{
    /// <summary>Replies with one object.</summary>
    public Task WriteAsync(ApiCall call, int code, StoredObject item)
    {
        switch (call.Negotiation.Representation)
        {
            case Representation.PackedMetadata:
                return Replies.WriteAsync(call.Context, code, MetadataWriter.Write(item.Metadata), "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
            case Representation.Metadata:
                return Replies.WriteAsync(call.Context, code, Metadata(item, call.Negotiation.MetaVersion));
            case Representation.Table:
                var version = item.ResourceVersion.ToString(CultureInfo.InvariantCulture);
                return Replies.WriteAsync(call.Context, code, Table(call).Build([item], new JsonObject { ["resourceVersion"] = version }));
            default:
                return Replies.WriteJsonAsync(call.Context, code, item.Utf8, () => item.Document);
        }
    }

    /// <summary>Replies with a list.</summary>
    public Task WriteListAsync(ApiCall call, IReadOnlyCollection<StoredObject> items, JsonObject metadata)
    {
        switch (call.Negotiation.Representation)
        {
            case Representation.Metadata or Representation.PackedMetadata:
                var partial = new JsonObject
                {
                    ["kind"] = "PartialObjectMetadataList",
                    ["apiVersion"] = "meta.k8s.io/" + call.Negotiation.MetaVersion,
                    ["metadata"] = metadata,
                    ["items"] = new JsonArray([.. items.Select(item => Metadata(item, call.Negotiation.MetaVersion))]),
                };
                return Replies.WriteAsync(call.Context, 200, partial);
            case Representation.Table:
                return Replies.WriteAsync(call.Context, 200, Table(call).Build(items, metadata));
            default:
                return WritePlainListAsync(call, items, metadata);
        }
    }

    /// <summary>An object as a watch sends it. Only a table's first event has the columns.</summary>
    public JsonNode WatchItem(ApiCall call, StoredObject item, bool first)
    {
        switch (call.Negotiation.Representation)
        {
            case Representation.Metadata or Representation.PackedMetadata:
                return Metadata(item, call.Negotiation.MetaVersion);
            case Representation.Table:
                var version = item.ResourceVersion.ToString(CultureInfo.InvariantCulture);
                return Table(call).Build([item], new JsonObject { ["resourceVersion"] = version }, first);
            default:
                return item.Document;
        }
    }

    /// <summary>The object's metadata alone.</summary>
    public static JsonObject Metadata(StoredObject item, string metaVersion) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/" + metaVersion,
        ["metadata"] = item.Metadata.DeepClone(),
    };

    private TableBuilder Table(ApiCall call) =>
        new(call.Type, call.Negotiation.MetaVersion, call.Query("includeObject"), time.GetUtcNow());

    private static Task WritePlainListAsync(ApiCall call, IReadOnlyCollection<StoredObject> items, JsonObject metadata)
    {
        var list = new StringBuilder()
            .Append($"{{\"kind\":\"{call.Type.Kind}List\",\"apiVersion\":\"{call.Type.ApiVersion}\",\"metadata\":{metadata.ToJsonString()},\"items\":[");
        var buffer = new MemoryStream();
        buffer.Write(Encoding.UTF8.GetBytes(list.ToString()));
        var separator = false;
        foreach (var item in items)
        {
            if (separator)
            {
                buffer.WriteByte((byte)',');
            }
            separator = true;
            buffer.Write(item.Utf8.Span);
        }
        buffer.Write("]}"u8);
        var utf8 = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return Replies.WriteJsonAsync(call.Context, 200, utf8, () => Schemas.JsonReading.Parse(utf8.Span)!);
    }
}
