using PicoKubelet.IntegrationTests.Clusters;

// Tests wait most of their time, for grace periods and back-offs.
[assembly: Parallelize(Workers = 12, Scope = ExecutionScope.MethodLevel)]

namespace PicoKubelet.IntegrationTests;

/// <summary>The clusters of a test run: each started by the first test that needs it, stopped at the end.</summary>
[TestClass]
public static class TestRun
{
    private const string NoRealCluster =
        $"{RealCluster.AssetsVariable} is not set: what is tested against a real control plane is left out. " +
        "tests/control-plane/build.sh builds one.";

    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("picokubelet-");
    private static readonly Lazy<Task<Cluster>> Embedded = new(async () => await EmbeddedCluster.StartAsync(NewFolder("embedded")));
    private static readonly Lazy<Task<Cluster>> Real = new(async () => await RealCluster.StartAsync(NewFolder("real")));

    /// <summary>Gives every test and every connection a thread at once.</summary>
    [AssemblyInitialize]
    public static void Start(TestContext context)
    {
        // Tests that block hold the few threads that the pool begins with, and the rest would wait for new ones.
        ThreadPool.SetMinThreads(64, 64);
    }

    /// <summary>Gets the embedded API server.</summary>
    internal static Task<Cluster> EmbeddedClusterAsync()
    {
        return Embedded.Value;
    }

    /// <summary>Gets the real control plane. Where no programs for it are given the test is inconclusive.</summary>
    internal static Task<Cluster> RealClusterAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RealCluster.AssetsVariable)))
        {
            Assert.Inconclusive(NoRealCluster);
        }

        return Real.Value;
    }

    /// <summary>Stops what was started.</summary>
    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        foreach (Lazy<Task<Cluster>> cluster in new[] { Embedded, Real })
        {
            if (cluster.IsValueCreated && cluster.Value.IsCompletedSuccessfully)
            {
                await (await cluster.Value).DisposeAsync();
            }
        }

        Folder.Delete(recursive: true);
    }

    /// <summary>Makes a folder that goes with the test run.</summary>
    internal static string NewFolder(string name)
    {
        return Folder.CreateSubdirectory(name).FullName;
    }
}
