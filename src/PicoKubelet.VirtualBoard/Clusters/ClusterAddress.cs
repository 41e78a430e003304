namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>Where a cluster is and how a board signs in to it.</summary>
/// <param name="Server">The API server.</param>
/// <param name="Token">The bearer token, or null.</param>
/// <param name="CaPem">The CA certificates, PEM, or null for the PC's own.</param>
/// <param name="ClientCertificate">The client certificate, PEM, or null.</param>
/// <param name="ClientKey">Its key, PEM, or null.</param>
internal sealed record ClusterAddress(Uri Server, string? Token, string? CaPem, string? ClientCertificate = null, string? ClientKey = null)
{
    // Not the generated one, which would show the token and the key.
    public override string ToString()
    {
        return Server.ToString();
    }
}
