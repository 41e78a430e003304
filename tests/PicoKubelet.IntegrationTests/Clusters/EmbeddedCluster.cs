using System.Security.Cryptography;
using PicoKubelet.ApiServer;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>The embedded API server, over HTTPS.</summary>
internal sealed class EmbeddedCluster : Cluster
{
    private EmbeddedCluster(EmbeddedApiServer server, string folder)
        : base(server.Url, server.CaPem!, server.AdminToken!, folder)
    {
        Server = server;
        KubeconfigPath = Path.Combine(folder, "admin.kubeconfig");
        File.WriteAllText(KubeconfigPath, server.KubeconfigYaml());
    }

    /// <summary>Gets the server, to make it fail.</summary>
    public EmbeddedApiServer Server { get; }

    /// <inheritdoc/>
    public override string KubeconfigPath { get; }

    /// <summary>Starts an API server.</summary>
    /// <param name="folder">A folder for the cluster's files.</param>
    public static async Task<EmbeddedCluster> StartAsync(string folder)
    {
        EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions
        {
            Https = true,
            AdminToken = RandomNumberGenerator.GetHexString(32, lowercase: true),
            NodeMonitorGracePeriod = GracePeriod,
            NodeMonitorPeriod = TimeSpan.FromSeconds(1),
        });
        EmbeddedCluster cluster = new(server, folder);
        await cluster.Identities.PrepareAsync();
        return cluster;
    }

    /// <inheritdoc/>
    public override Task StopApiServerAsync()
    {
        return Server.Faults.StopListeningAsync(reset: true);
    }

    /// <inheritdoc/>
    public override Task StartApiServerAsync()
    {
        return Server.Faults.StartListeningAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }
}
