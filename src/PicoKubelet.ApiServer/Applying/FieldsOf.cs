using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>Finds the fields that a document sets: those whose values are not made of others, and the items of keyed lists.</summary>
internal static class FieldsOf
{
    // What names the object, and what the server alone writes, belongs to nobody.
    private static readonly string[] ServersOwn =
        ["name", "namespace", "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "selfLink", "managedFields"];

    /// <summary>The fields of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">Its type.</param>
    /// <param name="without">A member of the document that does not count, or null.</param>
    public static FieldSet Document(JsonObject document, TypeSchema type, string? without)
    {
        var set = new FieldSet();
        foreach (var (name, value) in document.Where(member => member.Key != without && member.Key is not ("apiVersion" or "kind")))
        {
            var counted = name == "metadata" && value is JsonObject metadata ? WithoutServersOwn(metadata) : value;
            if (type.Find(name) is { } field && counted is not JsonObject { Count: 0 })
            {
                Field(counted, field, [FieldPath.ToMember(name)], set);
            }
        }
        return set;
    }

    private static JsonObject WithoutServersOwn(JsonObject metadata) =>
        new(metadata.Where(member => !ServersOwn.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static void Field(JsonNode? value, FieldSchema field, string[] path, FieldSet set)
    {
        switch (field.Shape, value)
        {
            case (FieldShape.Single, JsonObject { Count: > 0 } child) when field.Type is { } type:
                Members(child, type, path, set);
                break;
            case (FieldShape.Map, JsonObject { Count: > 0 } map):
                foreach (var (key, entry) in map)
                {
                    string[] to = [.. path, FieldPath.ToMember(key)];
                    if (field.Type is { } type && entry is JsonObject { Count: > 0 } inner)
                    {
                        Members(inner, type, to, set);
                    }
                    else
                    {
                        set.Add(new FieldPath(to));
                    }
                }
                break;
            case (FieldShape.List, JsonArray list) when field.IsMergeList && list.Count > 0:
                foreach (var item in list)
                {
                    Item(item, field, path, set);
                }
                break;
            default:
                set.Add(new FieldPath(path));
                break;
        }
    }

    private static void Members(JsonObject value, TypeSchema type, string[] path, FieldSet set)
    {
        foreach (var (name, member) in value)
        {
            // One that the type does not have is dropped, or refused.
            if (type.Find(name) is { } field)
            {
                Field(member, field, [.. path, FieldPath.ToMember(name)], set);
            }
        }
    }

    private static void Item(JsonNode? item, FieldSchema field, string[] path, FieldSet set)
    {
        if (field.MergeKey is null || item is not JsonObject entry)
        {
            set.Add(new FieldPath([.. path, FieldPath.ToValue(item)]));
            return;
        }
        string[] to = [.. path, FieldPath.ToItem(field.MergeKey, entry[field.MergeKey])];
        set.Add(new FieldPath(to));
        if (field.Type is { } type)
        {
            Members(entry, type, to, set);
            return;
        }
        foreach (var (name, _) in entry)
        {
            set.Add(new FieldPath([.. to, FieldPath.ToMember(name)]));
        }
    }
}
