using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Clusters;

/// <summary>The kubectl of this machine.</summary>
internal static class KubectlProgram
{
    private const string None = "kubectl is not installed; what it shows is left out.";

    // Components and replacements of kustomize came with 1.22, `create token` with 1.24.
    private const int KustomizeMinor = 24;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Gets its path. Without kubectl the test is inconclusive.</summary>
    public static string Require()
    {
        string? assets = Environment.GetEnvironmentVariable(RealCluster.AssetsVariable);
        string given = Path.Combine(assets ?? string.Empty, "kubectl");
        string? found = !string.IsNullOrEmpty(assets) && File.Exists(given) ? given : ExternalProgram.Find("kubectl");
        return found ?? throw new AssertInconclusiveException(None);
    }

    /// <summary>Leaves the test inconclusive unless kubectl knows what deploy/cluster needs.</summary>
    public static async Task RequireKustomizeAsync()
    {
        string version = (await RunAsync("version", "--client", "--output", "json")).Output;
        string minor = JsonNode.Parse(version)!["clientVersion"]!["minor"]!.GetValue<string>();
        if (int.Parse(minor.TrimEnd('+')) < KustomizeMinor)
        {
            Assert.Inconclusive($"kubectl 1.{minor} is older than 1.{KustomizeMinor}; what deploy/cluster makes is left out.");
        }
    }

    /// <summary>Renders a kustomization.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The objects.</returns>
    public static async Task<IReadOnlyList<JsonObject>> KustomizeAsync(string folder)
    {
        await RequireKustomizeAsync();
        return Manifests.Read((await RunAsync("kustomize", folder)).Output);
    }

    private static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        ProgramResult result = await ExternalProgram.RunAsync(Require(), arguments, new Dictionary<string, string>(), Timeout);
        return result.MustSucceed();
    }
}
