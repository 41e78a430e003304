using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>What a path under /api/v1 or /apis/GROUP/VERSION names.</summary>
/// <param name="Rest">What stands behind the subresource: the path of a proxied request, with its slash in front.</param>
internal sealed record ResourcePath(string Group, string Version, string Namespace, string Resource, string Name, string Subresource, string Rest = "")
{
    /// <summary>The resource, or null when this server has none of that name.</summary>
    public ResourceType? Type { get; } = ResourceCatalog.Find(Group, Version, Resource);

    /// <summary>Reads a path; null when it is not one of a resource.</summary>
    public static ResourcePath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var more] => ("", v, more),
            ["apis", var g, var v, .. var more] => (g, v, more),
            _ => ("", "", []),
        };
        return rest switch
        {
            [] => null,
            ["namespaces", var ns, var sub] when sub is "status" or "finalize" => new(group, version, "", "namespaces", ns, sub),
            ["namespaces", var ns, var resource, .. var more] when more.Length <= 2 => new(group, version, ns, resource, At(more, 0), At(more, 1)),
            ["nodes", var node, "proxy", ..] => new(group, version, "", "nodes", node, "proxy", path[(path.IndexOf("/proxy", StringComparison.Ordinal) + "/proxy".Length)..]),
            [var resource, .. var more] when more.Length <= 2 => new(group, version, "", resource, At(more, 0), At(more, 1)),
            _ => null,
        };
    }

    private static string At(string[] parts, int index) => index < parts.Length ? parts[index] : "";
}
