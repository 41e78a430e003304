using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Faults;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

// What people do to a ConfigMap, and what is waited for.
public abstract partial class ConfigurationTests
{
    private static string PathOf(string name)
    {
        return $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps/{name}";
    }

    private static async Task<string> CellsAsync(SimulatedBoard board)
    {
        return JsonNode.Parse(await KubeletBodyAsync(board, "/pico/memory"))!["values"]!.ToJsonString();
    }

    private static async Task<string> KubeletBodyAsync(SimulatedBoard board, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{board.KubeletPort}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KubeletToken);
        using HttpResponseMessage response = await Kubelet.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    // The one board with an LED that a pin switches.
    private async Task<SimulatedBoard> StartAsync(string name, BoardRights rights = BoardRights.All, FaultProxy? proxy = null, string? settings = null, string board = "esp32")
    {
        string token = await Cluster.Identities.CreateAsync(name, rights);
        return StartBoard(name, token, proxy?.Url ?? Cluster.Url, proxy is null ? Cluster.CaPem : null, settingsJson: settings, kubeletToken: KubeletToken, board: board);
    }

    private async Task CreateAsync(string name, params (string Key, string Value)[] data)
    {
        string[] literals = [.. data.Select(entry => $"--from-literal={entry.Key}={entry.Value}")];
        (await Cluster.KubectlAsync(["create", "configmap", name, "-n", BoardIdentities.Namespace, .. literals])).MustSucceed();
    }

    private async Task ReplaceAsync(string name, params string[] sources)
    {
        ProgramResult made = (await Cluster.KubectlAsync(["create", "configmap", name, "-n", BoardIdentities.Namespace, "--dry-run=client", "-o", "yaml", .. sources])).MustSucceed();
        string file = Path.Combine(TestRun.NewFolder(name), "replacement.yaml");
        await File.WriteAllTextAsync(file, made.Output);
        (await Cluster.KubectlAsync("replace", "-f", file)).MustSucceed();
    }

    private async Task PatchAsync(string name, string patch)
    {
        (await Cluster.KubectlAsync("patch", "configmap", name, "-n", BoardIdentities.Namespace, "--type=merge", "-p", patch)).MustSucceed();
    }

    /// <summary>Runs kubectl edit with sed as the editor.</summary>
    private async Task EditAsync(string name, params string[] commands)
    {
        string script = Path.Combine(TestRun.NewFolder(name), "edit.sed");
        await File.WriteAllLinesAsync(script, commands);
        Dictionary<string, string> editor = new() { ["KUBE_EDITOR"] = $"sed -i -f {script}" };
        (await Cluster.KubectlAsync(editor, "edit", "configmap", name, "-n", BoardIdentities.Namespace)).MustSucceed();
    }

    /// <summary>Waits until the ConfigMap as it is now is in force, and the Node says so.</summary>
    private async Task<JsonNode> WaitUntilAppliedAsync(SimulatedBoard board, TimeSpan? within = null)
    {
        string version = (await Cluster.GetAsync(PathOf(board.Name))).Text("metadata", "resourceVersion")!;
        return await Eventually.GetAsync(within ?? JoinTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            JsonNode condition = node.Condition("ConfigurationApplied");
            Assert.AreEqual("True", condition.Text("status"), condition.ToJsonString());
            Assert.AreEqual("Applied", condition.Text("reason"));
            StringAssert.Contains(condition.Text("message"), $"resourceVersion {version} ");
            Assert.AreEqual(version, node.Text("metadata", "annotations", VersionAnnotation));
            return node;
        });
    }

    private async Task WaitForReasonAsync(SimulatedBoard board, string status, string reason, TimeSpan within)
    {
        await Eventually.HoldsAsync(within, async () =>
        {
            JsonNode condition = (await NodeAsync(board)).Condition("ConfigurationApplied");
            Assert.AreEqual($"{status} {reason}", $"{condition.Text("status")} {condition.Text("reason")}", condition.ToJsonString());
        });
    }

    /// <summary>Waits until two heartbeats follow one another at a pace.</summary>
    private async Task WaitForPaceAsync(SimulatedBoard board, TimeSpan pace)
    {
        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            DateTime first = (await LeaseAsync(board)).Time("spec", "renewTime");
            await WaitForRenewalAsync(board, first);
            TimeSpan passed = (await LeaseAsync(board)).Time("spec", "renewTime") - first;
            Assert.IsTrue(passed <= pace * 1.5, $"{passed}");
        });
    }
}
