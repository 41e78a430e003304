namespace PicoKubelet.ApiServer;

/// <summary>The version of Kubernetes whose API this server has: that of the nodes, which may not be newer than their API server.</summary>
public static class ServerVersion
{
    /// <summary>The major version.</summary>
    public const string Major = "1";

    /// <summary>The minor version.</summary>
    public const string Minor = "34";

    /// <summary>The version of Kubernetes.</summary>
    public const string Kubernetes = $"v{Major}.{Minor}.0";

    /// <summary>The version as /version has it.</summary>
    public const string Git = $"{Kubernetes}+picokubelet";
}
