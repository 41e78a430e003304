using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>Makes the tables that kubectl prints.</summary>
internal sealed class TableBuilder(ResourceType type, string metaVersion, string includeObject, DateTimeOffset now)
{
    /// <summary>A table of the objects.</summary>
    public JsonObject Build(IEnumerable<StoredObject> items, JsonObject metadata, bool withColumns = true) => new()
    {
        ["kind"] = "Table",
        ["apiVersion"] = "meta.k8s.io/" + metaVersion,
        ["metadata"] = metadata,
        ["columnDefinitions"] = withColumns ? TableColumns.Definitions(type.Plural) : null,
        ["rows"] = new JsonArray([.. items.Select(Row)]),
    };

    private JsonObject Row(StoredObject item)
    {
        var row = new JsonObject { ["cells"] = TableCells.Of(item, now) };
        switch (includeObject)
        {
            case "None":
                break;
            case "Object":
                row["object"] = item.Document.DeepClone();
                break;
            default:
                row["object"] = ObjectWriter.Metadata(item, metaVersion);
                break;
        }
        return row;
    }
}
