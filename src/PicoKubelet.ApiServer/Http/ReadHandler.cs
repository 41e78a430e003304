using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>get and list.</summary>
internal sealed class ReadHandler(ObjectStore store, ObjectWriter writer)
{
    public Task GetAsync(ApiCall call)
    {
        var item = store.Get(call.Type, call.Namespace, call.Name) ?? throw Failures.NotFound(call.Type, call.Name);
        return writer.WriteAsync(call, 200, item);
    }

    public Task ListAsync(ApiCall call)
    {
        var selector = Selector(call);
        Versions.Parse(call.Query("resourceVersion"));
        var limit = Limit(call);
        var after = Encoding.UTF8.GetString(Continuation(call));
        var (all, version) = store.List(call.Type, call.ListNamespace);
        var items = all.Where(item => string.CompareOrdinal(item.Key, after) > 0 && selector.Matches(item)).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (limit > 0 && items.Count > limit)
        {
            metadata["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(items[(int)limit - 1].Key));
            metadata["remainingItemCount"] = items.Count - limit;
            items.RemoveRange((int)limit, items.Count - (int)limit);
        }
        return writer.WriteListAsync(call, items, metadata);
    }

    /// <summary>The selectors of a call.</summary>
    public static ObjectSelector Selector(ApiCall call) => new(
        new LabelSelector(call.Query("labelSelector")),
        new FieldSelector(NameSelector(call), call.Type),
        call.ListNamespace);

    // A watch of one object (?watch=true on its own path) is one with its name as field selector.
    private static string NameSelector(ApiCall call) =>
        call.Name.Length > 0 ? $"metadata.name={call.Name}" : call.Query("fieldSelector");

    private static long Limit(ApiCall call)
    {
        var text = call.Query("limit");
        if (text.Length == 0)
        {
            return 0;
        }
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp(limit, 0, int.MaxValue)
            : throw Failures.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }

    private static byte[] Continuation(ApiCall call)
    {
        try
        {
            return Convert.FromBase64String(call.Query("continue"));
        }
        catch (FormatException)
        {
            throw Failures.BadRequest("continue key is not valid");
        }
    }
}
