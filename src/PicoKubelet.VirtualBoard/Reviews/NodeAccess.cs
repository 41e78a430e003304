using PicoKubelet.Http.Server;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>What a request to the port is in the words of the cluster's rights. Source: kubernetes' pkg/kubelet/server/auth.go.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Subresource">The subresource of <c>nodes</c>.</param>
internal readonly record struct NodeAccess(string Verb, string Subresource)
{
    /// <summary>Finds it.</summary>
    public static NodeAccess Of(ServerRequest request)
    {
        string verb = request.Method switch
        {
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => "get",
        };
        string subresource = request.PathIs("/metrics", orBelow: true) ? "metrics" : request.PathIs("/stats", orBelow: true) ? "stats"
            : request.PathIs("/logs", orBelow: true) ? "log" : request.PathIs("/spec", orBelow: true) ? "spec" : "proxy";
        return new NodeAccess(verb, subresource);
    }
}
