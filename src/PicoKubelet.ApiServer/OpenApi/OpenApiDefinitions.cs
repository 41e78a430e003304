using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.OpenApi;

/// <summary>
/// The schemas of resources and of all that they are made of, as OpenAPI documents have them: kubectl explains by them, validates
/// by them where it is old, and finds in them how lists merge.
/// </summary>
/// <param name="referencePrefix">Where the document has its schemas.</param>
/// <param name="wrapsReferences">Whether a reference stands in an allOf, as OpenAPI 3 needs it where something stands beside it.</param>
internal sealed class OpenApiDefinitions(string referencePrefix, bool wrapsReferences)
{
    private const string ApiVersionText = "The group and version of the object.";
    private const string KindText = "The kind of the object.";

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas by name.</summary>
    public static JsonObject Of(IEnumerable<ResourceType> resources, string referencePrefix, bool wrapsReferences)
    {
        var definitions = new OpenApiDefinitions(referencePrefix, wrapsReferences);
        foreach (var resource in resources)
        {
            definitions.Add(resource);
        }
        return new JsonObject(definitions._schemas.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
    }

    private void Add(ResourceType resource)
    {
        Add(resource.Schema);
        var schema = _schemas[resource.Schema.QualifiedName];
        var properties = (JsonObject)schema["properties"]!;
        properties.Insert(0, "apiVersion", new JsonObject { ["description"] = ApiVersionText, ["type"] = "string" });
        properties.Insert(1, "kind", new JsonObject { ["description"] = KindText, ["type"] = "string" });
        schema["x-kubernetes-group-version-kind"] =
            new JsonArray(new JsonObject { ["group"] = resource.Group, ["kind"] = resource.Kind, ["version"] = resource.Version });
    }

    private void Add(TypeSchema type)
    {
        if (_schemas.ContainsKey(type.QualifiedName))
        {
            return;
        }
        var schema = Described(type.Description);
        schema["type"] = "object";
        // Before its fields, so that a type that holds itself ends.
        _schemas.Add(type.QualifiedName, schema);
        var properties = new JsonObject();
        foreach (var field in type.Fields)
        {
            properties[field.Name] = Property(field);
        }
        schema["properties"] = properties;
    }

    private JsonObject Property(FieldSchema field)
    {
        var property = Described(field.Description);
        switch (field.Shape)
        {
            case FieldShape.List:
                property["type"] = "array";
                property["items"] = Value(field, []);
                AddMerging(property, field);
                return property;
            case FieldShape.Map:
                property["type"] = "object";
                property["additionalProperties"] = Value(field, []);
                return property;
            default:
                return Value(field, property);
        }
    }

    private static void AddMerging(JsonObject property, FieldSchema field)
    {
        if (!field.IsMergeList)
        {
            property["x-kubernetes-list-type"] = "atomic";
            return;
        }
        property["x-kubernetes-patch-strategy"] = "merge";
        if (field.MergeKey is null)
        {
            property["x-kubernetes-list-type"] = "set";
            return;
        }
        property["x-kubernetes-patch-merge-key"] = field.MergeKey;
        property["x-kubernetes-list-type"] = "map";
        property["x-kubernetes-list-map-keys"] = new JsonArray(field.MergeKey);
    }

    private JsonObject Value(FieldSchema field, JsonObject schema)
    {
        if (field.Kind == FieldKind.Object)
        {
            Add(field.Type!);
            var reference = referencePrefix + field.Type!.QualifiedName;
            if (wrapsReferences)
            {
                schema["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference });
            }
            else
            {
                schema["$ref"] = reference;
            }
            return schema;
        }
        var (type, format) = field.Kind switch
        {
            FieldKind.Bool => ("boolean", null),
            FieldKind.Int32 => ("integer", "int32"),
            FieldKind.Int64 => ("integer", "int64"),
            FieldKind.Time or FieldKind.MicroTime => ("string", "date-time"),
            FieldKind.IntOrString => ("string", "int-or-string"),
            FieldKind.Bytes => ("string", "byte"),
            FieldKind.Any => ("object", null),
            _ => ("string", (string?)null),
        };
        schema["type"] = type;
        if (format is not null)
        {
            schema["format"] = format;
        }
        return schema;
    }

    private static JsonObject Described(string? description) => description is null ? [] : new JsonObject { ["description"] = description };
}
