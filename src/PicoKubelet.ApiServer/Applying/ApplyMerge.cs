using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>Merges what is applied into an object: objects and maps by member, lists by their items' key, all else as a whole.</summary>
internal static class ApplyMerge
{
    /// <summary>The merged document; neither argument is changed.</summary>
    public static JsonObject Merge(JsonObject live, JsonObject applied, TypeSchema type)
    {
        var result = (JsonObject)live.DeepClone();
        foreach (var (name, value) in applied)
        {
            result[name] = type.Find(name) is { } field ? Field(result[name], value, field) : value?.DeepClone();
        }
        return result;
    }

    private static JsonNode? Field(JsonNode? live, JsonNode? applied, FieldSchema field)
    {
        switch (field.Shape, live, applied)
        {
            case (FieldShape.Single, JsonObject before, JsonObject after) when field.Type is { } type:
                return Merge(before, after, type);
            case (FieldShape.Map, JsonObject before, JsonObject after):
                var map = (JsonObject)before.DeepClone();
                foreach (var (key, value) in after)
                {
                    map[key] = field.Type is { } type && map[key] is JsonObject old && value is JsonObject entry
                        ? Merge(old, entry, type)
                        : value?.DeepClone();
                }
                return map;
            case (FieldShape.List, JsonArray before, JsonArray after) when field.IsMergeList:
                return List(before, after, field);
            default:
                return applied?.DeepClone();
        }
    }

    private static JsonArray List(JsonArray before, JsonArray after, FieldSchema field)
    {
        var result = (JsonArray)before.DeepClone();
        foreach (var item in after)
        {
            var index = IndexOf(result, item, field.MergeKey);
            if (index < 0)
            {
                result.Add(item?.DeepClone());
            }
            else if (item is JsonObject entry && result[index] is JsonObject old)
            {
                result[index] = field.Type is { } type ? Merge(old, entry, type) : MergeAny(old, entry);
            }
        }
        return result;
    }

    private static JsonObject MergeAny(JsonObject old, JsonObject entry)
    {
        var result = (JsonObject)old.DeepClone();
        foreach (var (name, value) in entry)
        {
            result[name] = value?.DeepClone();
        }
        return result;
    }

    private static int IndexOf(JsonArray list, JsonNode? item, string? key)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var same = key is not null && list[i] is JsonObject one && item is JsonObject other
                ? JsonNode.DeepEquals(one[key], other[key])
                : JsonNode.DeepEquals(list[i], item);
            if (same)
            {
                return i;
            }
        }
        return -1;
    }
}
