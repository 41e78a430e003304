using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Patching;

/// <summary>
/// Kubernetes' strategic merge patch. Source of its rules: apimachinery's util/strategicpatch/patch.go, and
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";
    private const string OrderPrefix = "$setElementOrder/";

    /// <summary>The patched document; neither argument is changed.</summary>
    /// <param name="original">The document.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="type">The document's type, which says how its lists merge; null: as one whole.</param>
    /// <exception cref="PatchException">The patch is not one.</exception>
    public static JsonObject Apply(JsonObject original, JsonObject patch, TypeSchema? type) =>
        MergeMap((JsonObject)original.DeepClone(), (JsonObject)patch.DeepClone(), type);

    private static JsonObject MergeMap(JsonObject original, JsonObject patch, TypeSchema? type)
    {
        if (patch.ContainsKey(Directive))
        {
            switch (DirectiveOf(patch))
            {
                case "replace":
                    patch.Remove(Directive);
                    return patch;
                case "delete":
                    return [];
                case "merge":
                    patch.Remove(Directive);
                    break;
                case var unknown:
                    throw Malformed($"Unknown patch type: {unknown}");
            }
        }
        ApplyRetainKeys(original, patch);
        var fields = patch.ToDictionary(StringComparer.Ordinal);
        patch.Clear();
        foreach (var (name, value) in fields)
        {
            if (name.StartsWith(DeletePrefix, StringComparison.Ordinal))
            {
                DeletePrimitives(original, name[DeletePrefix.Length..], value);
            }
            else if (!name.StartsWith(OrderPrefix, StringComparison.Ordinal))
            {
                MergeField(original, name, value, fields.GetValueOrDefault(OrderPrefix + name) as JsonArray, type);
            }
            else if (!fields.ContainsKey(name[OrderPrefix.Length..]))
            {
                OrderOnly(original, name[OrderPrefix.Length..], value, type);
            }
        }
        return original;
    }

    private static void MergeField(JsonObject original, string name, JsonNode? value, JsonArray? order, TypeSchema? type)
    {
        var field = type?.Find(name);
        switch (original[name], value)
        {
            case (_, null):
                original.Remove(name);
                break;
            case (JsonObject existing, JsonObject child):
                original.Remove(name);
                original[name] = MergeMap(existing, child, field is { Shape: FieldShape.Single } ? field.Type : null);
                break;
            case (JsonArray existing, JsonArray items) when field?.IsMergeList == true:
                original[name] = MergeList(existing, items, order, field);
                break;
            default:
                // Directives inside of what is new stay as they are, as in the real server.
                original[name] = value;
                break;
        }
    }

    private static JsonArray MergeList(JsonArray original, JsonArray patch, JsonArray? order, FieldSchema field)
    {
        if (field.MergeKey is null)
        {
            var patchOrder = order ?? (JsonArray)patch.DeepClone();
            var values = Detach(original);
            var merged = values.Concat(Detach(patch).Where(item => !values.Exists(old => JsonNode.DeepEquals(old, item)))).ToList();
            return ListOrder.Arrange(merged, patchOrder, [.. values], null);
        }
        if (ApplySpecialElements(original, patch, field.MergeKey))
        {
            return new JsonArray([.. Detach(patch)]);
        }
        var before = original.Select(item => item?.DeepClone()).ToList();
        var result = Detach(original);
        var wanted = order ?? (JsonArray)patch.DeepClone();
        foreach (var item in Detach(patch))
        {
            var entry = item as JsonObject ?? throw Malformed("expected a map in a list that merges by key");
            var key = KeyOf(entry, field.MergeKey);
            var at = result.FindIndex(old => old is JsonObject other && JsonNode.DeepEquals(other[field.MergeKey], key));
            if (at >= 0)
            {
                result[at] = MergeMap((JsonObject)result[at]!, entry, field.Type);
            }
            else
            {
                result.Add(entry);
            }
        }
        return ListOrder.Arrange(result, wanted, before, field.MergeKey);
    }

    /// <summary>Takes the elements that are directives out of the patch and obeys them; true: the list is replaced.</summary>
    private static bool ApplySpecialElements(JsonArray original, JsonArray patch, string mergeKey)
    {
        var replace = false;
        foreach (var item in patch.OfType<JsonObject>().Where(item => item.ContainsKey(Directive)).ToArray())
        {
            patch.Remove(item);
            switch (DirectiveOf(item))
            {
                case "delete":
                    var key = KeyOf(item, mergeKey);
                    foreach (var old in original.OfType<JsonObject>().Where(old => JsonNode.DeepEquals(old[mergeKey], key)).ToArray())
                    {
                        original.Remove(old);
                    }
                    break;
                case "replace":
                    replace = true;
                    break;
                case "merge":
                    throw Malformed("merging lists cannot yet be specified in the patch");
                case var unknown:
                    throw Malformed($"Unknown patch type: {unknown}");
            }
        }
        return replace;
    }

    private static void ApplyRetainKeys(JsonObject original, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var node))
        {
            return;
        }
        patch.Remove(RetainKeys);
        var keep = (node as JsonArray ?? throw Malformed("retainKeys must be a list")).Select(key => key?.ToString()).ToHashSet();
        if (patch.Any(field => field.Value is not null && !keep.Contains(field.Key)))
        {
            throw Malformed("patch contains fields that are not in its retainKeys list");
        }
        foreach (var name in original.Select(field => field.Key).Where(name => !keep.Contains(name)).ToArray())
        {
            original.Remove(name);
        }
    }

    private static void DeletePrimitives(JsonObject original, string name, JsonNode? values)
    {
        if (values is not JsonArray unwanted)
        {
            throw Malformed($"{DeletePrefix}{name} must be a list");
        }
        if (original[name] is JsonArray list)
        {
            original[name] = new JsonArray([.. Detach(list).Where(item => !unwanted.Any(value => JsonNode.DeepEquals(value, item)))]);
        }
    }

    private static void OrderOnly(JsonObject original, string name, JsonNode? order, TypeSchema? type)
    {
        if (original[name] is JsonArray list && order is JsonArray wanted && type?.Find(name) is { } field)
        {
            var items = Detach(list);
            var before = items.Select(item => item?.DeepClone()).ToList();
            original[name] = ListOrder.Arrange(items, wanted, before, field.MergeKey);
        }
    }

    private static JsonNode KeyOf(JsonObject item, string mergeKey) =>
        item[mergeKey] ?? throw new MissingMergeKeyException($"map: {item.ToJsonString()} does not contain declared merge key: {mergeKey}");

    private static string DirectiveOf(JsonObject patch) =>
        patch[Directive] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Malformed("invalid value for $patch");

    private static List<JsonNode?> Detach(JsonArray list)
    {
        var items = list.ToList();
        list.Clear();
        return items;
    }

    private static PatchException Malformed(string message) => new(message, malformed: true);
}
