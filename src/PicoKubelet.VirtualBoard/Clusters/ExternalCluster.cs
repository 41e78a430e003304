namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>A cluster that runs somewhere else.</summary>
internal sealed class ExternalCluster : ICluster
{
    private readonly ClusterAddress _address;

    public ExternalCluster(ClusterAddress address, string kubectlLine)
    {
        _address = address;
        KubectlLine = kubectlLine;
    }

    public string Title => _address.Server.GetLeftPart(UriPartial.Authority);

    public string KubectlLine { get; }

    public string? CaFile => null;

    public string? KubeletTokenFor(string nodeName)
    {
        return null;
    }

    public ClusterAddress AddressFor(string nodeName)
    {
        return _address;
    }

    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
