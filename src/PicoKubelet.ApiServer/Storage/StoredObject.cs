using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>One version of one object. Neither it nor its document ever changes.</summary>
internal sealed class StoredObject(ResourceType type, JsonObject document)
{
    private byte[]? _utf8;

    /// <summary>The resource it belongs to.</summary>
    public ResourceType Type { get; } = type;

    /// <summary>The document in canonical form. Clone it before changing anything.</summary>
    public JsonObject Document { get; } = document;

    /// <summary>metadata</summary>
    public JsonObject Metadata => (JsonObject)Document["metadata"]!;

    /// <summary>metadata.name</summary>
    public string Name { get; } = document.Text("metadata", "name") ?? "";

    /// <summary>metadata.namespace, empty for what has none.</summary>
    public string Namespace { get; } = document.Text("metadata", "namespace") ?? "";

    /// <summary>metadata.uid</summary>
    public string Uid { get; } = document.Text("metadata", "uid") ?? "";

    /// <summary>metadata.resourceVersion as a number; 0 before the object is stored.</summary>
    public long ResourceVersion { get; } =
        long.TryParse(document.Text("metadata", "resourceVersion"), out var version) ? version : 0;

    /// <summary>Orders objects as lists do: by namespace, then by name.</summary>
    public string Key => KeyOf(Namespace, Name);

    /// <summary>The document as compact JSON.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= JsonWriting.ToUtf8(Document);

    /// <summary>The key of an object.</summary>
    public static string KeyOf(string ns, string name) => $"{ns}/{name}";
}
