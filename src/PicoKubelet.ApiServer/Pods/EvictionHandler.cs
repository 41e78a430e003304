using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>pods/eviction, which kubectl drain asks for: without disruption budgets, a deletion.</summary>
internal sealed class EvictionHandler(ObjectStore store)
{
    public async Task CreateAsync(ApiCall call)
    {
        var eviction = await RequestBody.ReadObjectAsync(call.Request, "Eviction", "policy/v1");
        var options = eviction["deleteOptions"] as JsonObject ?? [];
        _ = store.Delete(
            ResourceCatalog.Pods,
            call.Namespace,
            call.Name,
            current => DeleteHandler.CheckPreconditions(call.Type, current, options),
            call.DryRun || DeleteHandler.IsDryRun(options),
            options.Number("gracePeriodSeconds"))
            ?? throw Failures.NotFound(ResourceCatalog.Pods, call.Name);
        await Replies.WriteAsync(call.Context, 201, Replies.Success());
    }
}
