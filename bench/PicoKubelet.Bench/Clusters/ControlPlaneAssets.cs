namespace PicoKubelet.Bench.Clusters;

/// <summary>The programs of a real control plane, as whoever runs a measurement has them.</summary>
internal static class ControlPlaneAssets
{
    /// <summary>The environment variable that names their folder.</summary>
    public const string Variable = "KUBEBUILDER_ASSETS";

    private static readonly string[] Programs = ["etcd", "kube-apiserver", "kube-controller-manager"];

    /// <summary>Looks for them.</summary>
    /// <returns>What is missing, or null.</returns>
    public static string? FindFault()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            return $"{Variable} must name a folder with a control plane's programs";
        }

        string? missing = Array.Find(Programs, program => !File.Exists(Path.Combine(folder, program)));
        return missing is null ? null : $"{Variable}: there is no {missing} in {folder}";
    }
}
