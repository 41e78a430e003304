using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Patching;

/// <summary>
/// The order of a merged list: what the patch names in the patch's order, what only the server has in the server's, and
/// each of the latter before the first of the former that stood behind it. Source: normalizeElementOrder and
/// mergeSortedSlice in apimachinery's strategicpatch.
/// </summary>
internal static class ListOrder
{
    /// <summary>The merged items in their order.</summary>
    /// <param name="merged">The items, which belong to no list.</param>
    /// <param name="patchOrder">The items of the patch, or of its $setElementOrder.</param>
    /// <param name="serverOrder">The items of the original list.</param>
    /// <param name="mergeKey">What identifies an item; null: its value.</param>
    public static JsonArray Arrange(List<JsonNode?> merged, JsonArray patchOrder, List<JsonNode?> serverOrder, string? mergeKey)
    {
        var wanted = patchOrder.Select(item => Identity(item, mergeKey)).ToList();
        var before = serverOrder.Select(item => Identity(item, mergeKey)).ToList();
        var patched = merged.Where(item => Index(wanted, Identity(item, mergeKey)) >= 0)
            .OrderBy(item => Index(wanted, Identity(item, mergeKey))).ToList();
        var serverOnly = merged.Where(item => Index(wanted, Identity(item, mergeKey)) < 0)
            .OrderBy(item => Index(before, Identity(item, mergeKey))).ToList();

        var result = new JsonArray();
        var next = 0;
        foreach (var item in patched)
        {
            var place = Index(before, Identity(item, mergeKey));
            while (next < serverOnly.Count && place >= 0 && IsBefore(before, serverOnly[next], place, mergeKey))
            {
                result.Add(serverOnly[next++]);
            }
            result.Add(item);
        }
        foreach (var item in serverOnly.Skip(next))
        {
            result.Add(item);
        }
        return result;
    }

    private static bool IsBefore(List<JsonNode?> before, JsonNode? item, int place, string? mergeKey)
    {
        var index = Index(before, Identity(item, mergeKey));
        return index >= 0 && index < place;
    }

    private static JsonNode? Identity(JsonNode? item, string? mergeKey) =>
        mergeKey is null ? item : (item as JsonObject)?[mergeKey];

    private static int Index(List<JsonNode?> order, JsonNode? identity) =>
        order.FindIndex(other => JsonNode.DeepEquals(other, identity));
}
