using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>The object that made another one and sees to it.</summary>
internal static class PodOwner
{
    /// <summary>The reference to it, or null.</summary>
    public static JsonObject? Of(StoredObject item) => item.Document.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.IsTrue("controller"));

    /// <summary>Its uid, or an empty text.</summary>
    public static string Uid(StoredObject item) => Of(item).Text("uid") ?? "";
}
