using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>The events of one watch.</summary>
internal sealed class WatchStream(ApiCall call, ObjectWriter writer, ObjectSelector selector, HttpResponse response)
{
    private bool _first = true;

    /// <summary>The resourceVersion of the last event.</summary>
    public long ResourceVersion { get; private set; }

    /// <summary>Sends a change, if the selectors let it through. To the client an object that no longer matches is deleted.</summary>
    public async Task SendAsync(StoreEvent change)
    {
        ResourceVersion = change.ResourceVersion;
        var before = change.Previous is not null && selector.Matches(change.Previous);
        var after = !change.Deleted && selector.Matches(change.Current);
        var type = (before, after) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
        if (type is not null)
        {
            await SendAsync(type, writer.WatchItem(call, change.Current, _first));
            _first = false;
        }
    }

    /// <summary>Tells the client how far it is.</summary>
    public Task SendBookmarkAsync(long resourceVersion)
    {
        var bookmark = new JsonObject
        {
            ["kind"] = call.Type.Kind,
            ["apiVersion"] = call.Type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null },
        };
        return SendAsync("BOOKMARK", bookmark);
    }

    /// <summary>Ends the watch with an error.</summary>
    public Task SendErrorAsync(ApiException error) => SendAsync("ERROR", error.Status);

    private async Task SendAsync(string type, JsonNode item)
    {
        var line = JsonWriting.ToUtf8(new JsonObject { ["type"] = type, ["object"] = item.DeepClone() });
        await response.Body.WriteAsync(line.Append((byte)'\n').ToArray(), call.Context.RequestAborted);
        await response.Body.FlushAsync(call.Context.RequestAborted);
    }
}
