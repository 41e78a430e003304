using System.Text;
using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>How a board reaches the API server.</summary>
/// <param name="Server">The API server's URL.</param>
/// <param name="Ca">The CA certificates that it is checked with, PEM, or null for the board's own store.</param>
internal sealed record ClusterAccess(string Server, string? Ca)
{
    /// <summary>Gets whether the connection is encrypted.</summary>
    public bool IsTls => Server.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what the kubeconfig says.</summary>
    /// <param name="kubectl">Reads the kubeconfig as it does for itself.</param>
    /// <param name="apiServer">The URL to use in place of the kubeconfig's, or null.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="EnrollException">A board can not use it.</exception>
    public static async Task<ClusterAccess> ReadAsync(Kubectl kubectl, string? apiServer, CancellationToken stop)
    {
        KubectlOutput config = await kubectl.RunAsync(stop, "config", "view", "--raw", "--minify", "--flatten", "--output", "json");
        JsonNode? cluster = JsonNode.Parse(config.Output)?["clusters"]?[0]?["cluster"];
        string server = apiServer ?? cluster?["server"]?.GetValue<string>() ?? throw new EnrollException("the kubeconfig has no server");
        if (apiServer is null && Uri.TryCreate(server, UriKind.Absolute, out Uri? url) && url.IsLoopback)
        {
            throw new EnrollException(
                $"the kubeconfig's server is {server}, which is this computer: give the address at which the board reaches it with --api-server, such as https://192.168.1.10:6443");
        }

        string? ca = cluster?["certificate-authority-data"]?.GetValue<string>();
        ClusterAccess access = new(server, ca is null ? null : Decode(ca));
        return access.IsTls ? access : access with { Ca = null };
    }

    private static string Decode(string ca)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(ca));
        }
        catch (FormatException)
        {
            throw new EnrollException("the kubeconfig's certificate-authority-data is not base64");
        }
    }
}
