namespace PicoKubelet.Configuration;

/// <summary>What a look at the ConfigMap found.</summary>
internal enum ConfigMapFinding
{
    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>A ConfigMap that was not seen before; the reader holds it.</summary>
    Found,

    /// <summary>No ConfigMap.</summary>
    Absent,

    /// <summary>A ConfigMap with too much data.</summary>
    TooLarge,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>The API server could not be asked, or its reply not be read.</summary>
    Failed,
}
