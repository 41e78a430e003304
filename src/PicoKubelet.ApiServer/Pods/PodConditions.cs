using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>The conditions in a status.</summary>
internal static class PodConditions
{
    /// <summary>The condition of that type, or null.</summary>
    public static JsonObject? Find(JsonObject document, string type) =>
        document.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);

    /// <summary>Sets a condition; its time changes with its status alone.</summary>
    /// <param name="document">The object, which is changed.</param>
    /// <param name="type">The condition's type.</param>
    /// <param name="status">True, False or Unknown.</param>
    /// <param name="now">The time.</param>
    /// <param name="reason">Why, in a word; or null.</param>
    /// <param name="message">Why, for people; or null.</param>
    public static JsonObject Set(JsonObject document, string type, string status, DateTimeOffset now, string? reason = null, string? message = null)
    {
        var condition = Find(document, type);
        if (condition is null)
        {
            condition = new JsonObject { ["type"] = type };
            var owner = document.Child("status");
            var list = owner["conditions"] as JsonArray ?? [];
            owner["conditions"] = list;
            list.Add(condition);
        }
        if (condition.Text("status") != status)
        {
            condition["status"] = status;
            condition["lastTransitionTime"] = Times.Format(now);
        }
        condition["reason"] = reason;
        condition["message"] = message;
        return condition;
    }
}
