using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using YamlDotNet.Serialization;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>Kubernetes' objects as files hold them.</summary>
internal static class Manifests
{
    /// <summary>
    /// Reads the template of a board as kustomize makes it, but for the labels; a test holds the two together. It is here for
    /// machines whose kubectl is older than components.
    /// </summary>
    /// <param name="name">The board's name.</param>
    /// <returns>The objects.</returns>
    public static IEnumerable<JsonObject> ReadTemplate(string name)
    {
        string[] files = Directory.GetFiles(Repository.PathOf("deploy/cluster/board"), "*.yaml");
        return files.Where(file => Path.GetFileName(file) != "kustomization.yaml").SelectMany(file => Read(File.ReadAllText(file))).Select(manifest =>
        {
            string text = manifest.ToJsonString()
                .Replace("\"board\"", $"\"{name}\"", StringComparison.Ordinal)
                .Replace("\"picokubelet:board\"", $"\"picokubelet:{name}\"", StringComparison.Ordinal);
            return (JsonObject)JsonNode.Parse(text)!;
        });
    }

    /// <summary>Reads a file of manifests.</summary>
    /// <param name="yaml">The file.</param>
    /// <returns>The objects.</returns>
    public static IReadOnlyList<JsonObject> Read(string yaml)
    {
        IDeserializer reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        ISerializer writer = new SerializerBuilder().JsonCompatible().Build();
        return [.. yaml.Split("\n---\n").Select(document => (JsonObject)JsonNode.Parse(writer.Serialize(reader.Deserialize<object>(document)))!)];
    }

    /// <summary>Gets the path to which an object is posted.</summary>
    public static string CollectionPath(JsonObject manifest)
    {
        string version = manifest["apiVersion"]!.GetValue<string>();
        string? space = manifest["metadata"]!["namespace"]?.GetValue<string>();
        string root = version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}";
        string kind = manifest["kind"]!.GetValue<string>().ToLowerInvariant();
        string plural = kind.EndsWith('s') ? kind + "es" : kind + "s";
        return space is null ? $"{root}/{plural}" : $"{root}/namespaces/{space}/{plural}";
    }
}
