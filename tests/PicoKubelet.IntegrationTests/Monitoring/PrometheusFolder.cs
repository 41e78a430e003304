using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A copy of deploy/prometheus with what its user adds: the boards' token, a kubeconfig, the file of boards.</summary>
internal sealed partial class PrometheusFolder : IDisposable
{
    /// <summary>The file of boards that file_sd_configs reads.</summary>
    public const string BoardsFile = "boards.json";

    private const string Kubeconfig = "prometheus.kubeconfig";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picokubelet-prometheus-");

    /// <summary>Copies the files.</summary>
    /// <param name="kubeletToken">The token that the boards ask for.</param>
    public PrometheusFolder(string kubeletToken)
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("deploy/prometheus")))
        {
            File.Copy(file, PathOf(Path.GetFileName(file)));
        }

        File.WriteAllText(PathOf("kubelet.token"), kubeletToken + "\n");
        File.WriteAllText(PathOf("proxy-ca.crt"), string.Empty);
        File.WriteAllText(PathOf(BoardsFile), "[]");
    }

    /// <summary>Gets the full path of a file in the folder.</summary>
    public string PathOf(string file)
    {
        return Path.Combine(_folder.FullName, file);
    }

    /// <summary>Replaces kubernetes_sd_configs by file_sd_configs.</summary>
    /// <param name="configuration">The text of a configuration.</param>
    /// <returns>The text of one that finds boards by file.</returns>
    public static string WithBoardsByFile(string configuration)
    {
        string byFile = File.ReadAllText(Repository.PathOf("deploy/prometheus/prometheus-file-sd.yaml"));
        return KubernetesDiscovery().Replace(configuration, FileDiscovery().Match(byFile).Value.Replace("$", "$$", StringComparison.Ordinal));
    }

    /// <summary>Replaces kubernetes_sd_configs by file_sd_configs in a configuration of the folder.</summary>
    public void FindBoardsByFile(string file)
    {
        Edit(file, WithBoardsByFile);
    }

    /// <summary>Lets kubernetes_sd_configs ask an API server from outside the cluster, as the comment in the file says.</summary>
    /// <param name="file">The configuration.</param>
    /// <param name="url">The API server.</param>
    /// <param name="caPem">The CA that signed its certificate.</param>
    /// <param name="token">Prometheus' token.</param>
    public void UseKubeconfig(string file, Uri url, string caPem, string token)
    {
        // Prometheus would look beside its configuration, VictoriaMetrics looks in the current folder.
        string used = "\n        kubeconfig_file: " + WriteKubeconfig(url, caPem, token);
        Edit(file, text => text.Replace("\n        # kubeconfig_file: " + Kubeconfig, used, StringComparison.Ordinal));
        StringAssert.Contains(File.ReadAllText(PathOf(file)), used);
    }

    /// <summary>Leaves the boards of other tests alone, which bear one more client at most.</summary>
    /// <param name="file">A configuration with kubernetes_sd_configs.</param>
    /// <param name="nodes">The names of the Nodes that may be found.</param>
    public void FindOnly(string file, params string[] nodes)
    {
        const string Label = "\n            label: picokubelet.io/board";
        string only = $"{Label},kubernetes.io/hostname in ({string.Join(',', nodes)})";
        Edit(file, text => text.Replace(Label + "\n", only + "\n", StringComparison.Ordinal));
        StringAssert.Contains(File.ReadAllText(PathOf(file)), only);
    }

    /// <summary>Writes a kubeconfig with Prometheus' token.</summary>
    /// <returns>Its path.</returns>
    public string WriteKubeconfig(Uri url, string caPem, string token)
    {
        File.WriteAllText(PathOf("api-server.crt"), caPem);
        File.WriteAllText(PathOf(Kubeconfig), $$"""
            apiVersion: v1
            kind: Config
            clusters:
              - name: cluster
                cluster: {server: "{{url}}", certificate-authority: "{{PathOf("api-server.crt")}}"}
            users:
              - name: prometheus
                user: {token: "{{token}}"}
            contexts:
              - name: context
                context: {cluster: cluster, user: prometheus}
            current-context: context
            """);
        return PathOf(Kubeconfig);
    }

    /// <summary>Makes each interval a second, so that a test need not wait for minutes.</summary>
    public void Hurry(string file)
    {
        Edit(file, text => Interval().Replace(text, "${1}1s"));
        Edit("rules.yaml", text => Waiting().Replace(text, "${1}2s"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    private void Edit(string file, Func<string, string> edit)
    {
        File.WriteAllText(PathOf(file), edit(File.ReadAllText(PathOf(file))));
    }

    [GeneratedRegex(@"    kubernetes_sd_configs:\n(      .*\n)+")]
    private static partial Regex KubernetesDiscovery();

    [GeneratedRegex(@"    file_sd_configs:\n(      .*\n)+")]
    private static partial Regex FileDiscovery();

    [GeneratedRegex(@"((scrape|evaluation|refresh)_(interval|timeout): )\d+s")]
    private static partial Regex Interval();

    [GeneratedRegex(@"(\n        for: )\d+m")]
    private static partial Regex Waiting();
}
