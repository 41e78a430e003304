namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>The cluster that the boards join.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Gets where it is, in a few words for people.</summary>
    string Title { get; }

    /// <summary>Gets a kubectl command that shows its nodes.</summary>
    string KubectlLine { get; }

    /// <summary>Gets the file that holds the cluster's CA, for people to copy it from, or null where it needs none or they have it.</summary>
    string? CaFile { get; }

    /// <summary>Gets the token with which this cluster comes to a board's port, for boards whose settings have none; or null where it is not known.</summary>
    /// <param name="nodeName">The node.</param>
    string? KubeletTokenFor(string nodeName);

    /// <summary>Gets how a node signs in.</summary>
    /// <param name="nodeName">The node.</param>
    ClusterAddress AddressFor(string nodeName);
}
