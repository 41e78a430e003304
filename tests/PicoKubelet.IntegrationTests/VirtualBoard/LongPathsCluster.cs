using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A cluster whose files lie deep in somebody's folders.</summary>
internal sealed class LongPathsCluster : ICluster
{
    public const string Server = "https://127.0.0.1:65535";
    public const string Token = "0123456789abcdef0123456789abcdef";
    public const string CaPath = "/home/somebody/with-a-long-name/and-many/folders/boards/embedded_cluster/ca.crt";

    public string Title => "https://127.0.0.1:65535 (embedded; port 8001 is taken)";

    public string KubectlLine => $"kubectl --kubeconfig {CaPath} get nodes";

    public string? CaFile => CaPath;

    public string? KubeletTokenFor(string nodeName)
    {
        return null;
    }

    public ClusterAddress AddressFor(string nodeName)
    {
        return new ClusterAddress(new Uri(Server), Token, null);
    }

    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
