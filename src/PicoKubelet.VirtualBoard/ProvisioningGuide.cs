namespace PicoKubelet.VirtualBoard;

/// <summary>Where a board without settings is given them, and what to type there.</summary>
/// <param name="Page">The page.</param>
/// <param name="ApiServer">The API server's URL, or null where the user has one.</param>
/// <param name="Token">The token, or null where the user has one.</param>
internal sealed record ProvisioningGuide(Uri Page, string? ApiServer, string? Token)
{
    // Not the generated one, which would show the token wherever the guide ends up.
    public override string ToString()
    {
        return Page.ToString();
    }
}
