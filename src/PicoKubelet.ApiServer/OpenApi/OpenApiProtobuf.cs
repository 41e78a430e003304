using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Protobuf;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.OpenApi;

/// <summary>
/// Writes an OpenAPI 2 document in protobuf, as far as this server's documents go. Source of the numbers: openapiv2/OpenAPIv2.proto
/// of google/gnostic.
/// </summary>
internal static class OpenApiProtobuf
{
    private const string Extension = "x-";

    /// <summary>The document in protobuf.</summary>
    public static byte[] Write(JsonObject document)
    {
        var writer = new WireWriter();
        writer.Text(1, document.Text("swagger")!);
        writer.Message(2, info =>
        {
            info.Text(1, document.Text("info", "title")!);
            info.Text(2, document.Text("info", "version")!);
        });
        writer.Message(8, paths => Named(paths, 2, (JsonObject)document["paths"]!, (item, value) => item.Message(8, patch => Operation(patch, (JsonObject)value["patch"]!))));
        writer.Message(9, definitions => Named(definitions, 1, (JsonObject)document["definitions"]!, Schema));
        return writer.ToArray();
    }

    // A map is a list of messages: the name, and what it names.
    private static void Named(WireWriter writer, int field, JsonObject entries, Action<WireWriter, JsonObject> write)
    {
        foreach (var (name, value) in entries)
        {
            writer.Message(field, entry =>
            {
                entry.Text(1, name);
                entry.Message(2, inner => write(inner, (JsonObject)value!));
            });
        }
    }

    private static void Operation(WireWriter writer, JsonObject operation)
    {
        writer.Text(5, operation.Text("operationId")!);
        foreach (var type in operation["consumes"]!.AsArray())
        {
            writer.Text(7, type!.GetValue<string>());
        }
        foreach (var parameter in operation.Items("parameters"))
        {
            // Through parameter, non_body_parameter and query_parameter_sub_schema.
            writer.Message(8, item => item.Message(1, one => one.Message(2, other => other.Message(3, query =>
            {
                query.Text(2, parameter.Text("in")!);
                query.Text(4, parameter.Text("name")!);
                query.Text(6, parameter.Text("type")!);
                query.Bool(20, parameter.IsTrue("uniqueItems"));
            }))));
        }
        writer.Message(9, _ => { });
        Extensions(writer, 13, operation);
    }

    private static void Schema(WireWriter writer, JsonObject schema)
    {
        TextOf(writer, 1, schema, "$ref");
        TextOf(writer, 2, schema, "format");
        TextOf(writer, 4, schema, "description");
        if (schema["additionalProperties"] is JsonObject values)
        {
            writer.Message(21, item => item.Message(1, inner => Schema(inner, values)));
        }
        if (schema.Text("type") is { } type)
        {
            writer.Message(22, item => item.Text(1, type));
        }
        if (schema["items"] is JsonObject items)
        {
            writer.Message(23, item => item.Message(1, inner => Schema(inner, items)));
        }
        if (schema["properties"] is JsonObject properties)
        {
            writer.Message(25, item => Named(item, 1, properties, Schema));
        }
        Extensions(writer, 31, schema);
    }

    private static void TextOf(WireWriter writer, int field, JsonObject schema, string name)
    {
        if (schema.Text(name) is { } text)
        {
            writer.Text(field, text);
        }
    }

    // Any value: as YAML, which JSON is.
    private static void Extensions(WireWriter writer, int field, JsonObject owner)
    {
        foreach (var (name, value) in owner.Where(entry => entry.Key.StartsWith(Extension, StringComparison.Ordinal)))
        {
            writer.Message(field, entry =>
            {
                entry.Text(1, name);
                entry.Message(2, any => any.Text(2, value!.ToJsonString()));
            });
        }
    }
}
