using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>What kubectl makes of deploy/cluster.</summary>
[TestClass]
public class ClusterManifestTests
{
    private const string Example = "pico-node-1";

    [TestMethod]
    public async Task ABoardIsItsTemplateUnderItsName()
    {
        IReadOnlyList<JsonObject> made = await KubectlProgram.KustomizeAsync(Repository.PathOf($"deploy/cluster/{Example}"));

        string[] identity = [.. made.Where(manifest => Kind(manifest) != "ConfigMap").Select(WithoutLabels).Order()];
        string[] template = [.. Manifests.ReadTemplate(Example).Select(WithoutLabels).Order()];

        CollectionAssert.AreEqual(template, identity);
        Assert.HasCount(template.Length + 1, made);
    }

    [TestMethod]
    public void ABoardMayDoThisAndNothingElse()
    {
        string[] rights =
        [
            .. Manifests.ReadTemplate(Example)
                .Where(manifest => manifest["rules"] is not null)
                .SelectMany(role => role["rules"]!.AsArray().Select(rule =>
                    $"{role["metadata"]!["namespace"] ?? "*"}: {List(rule, "verbs")} {List(rule, "resources")} {List(rule, "resourceNames")}".TrimEnd()))
                .Order(StringComparer.Ordinal),
        ];

        // RBAC can limit neither create nor events to a name.
        CollectionAssert.AreEqual(
            new[]
            {
                "*: create nodes",
                "*: get,patch,watch nodes pico-node-1",
                "*: patch nodes/status pico-node-1",
                "default: create,patch events",
                "kube-node-lease: create leases",
                "kube-node-lease: get,update,patch leases pico-node-1",
                "picokubelet: get,watch configmaps pico-node-1",
            },
            rights,
            string.Join('\n', rights));
    }

    [TestMethod]
    public async Task EverythingBearsTheRecommendedLabels()
    {
        foreach (JsonObject manifest in await KubectlProgram.KustomizeAsync(Repository.PathOf("deploy/cluster")))
        {
            JsonNode labels = manifest["metadata"]!["labels"]!;
            string what = $"{Kind(manifest)} {manifest["metadata"]!["name"]}";
            Assert.AreEqual("picokubelet", labels["app.kubernetes.io/name"]?.GetValue<string>(), what);
            Assert.AreEqual("picokubelet", labels["app.kubernetes.io/part-of"]?.GetValue<string>(), what);
            string? instance = Kind(manifest) is "Namespace" or "RuntimeClass" ? null : Example;
            string? component = Kind(manifest) switch { "Namespace" => null, "ConfigMap" => "configuration", "RuntimeClass" => "runtime", _ => "identity" };
            Assert.AreEqual(instance, labels["app.kubernetes.io/instance"]?.GetValue<string>(), what);
            Assert.AreEqual(component, labels["app.kubernetes.io/component"]?.GetValue<string>(), what);
        }
    }

    [TestMethod]
    public async Task AFleetIsAListOfBoards()
    {
        using TemporaryFolder folder = new();
        string cluster = CopyOf(Repository.PathOf("deploy/cluster"), folder.Path);
        Directory.CreateDirectory(Path.Combine(cluster, "shed"));
        foreach (string file in Directory.GetFiles(Path.Combine(cluster, Example)))
        {
            string content = File.ReadAllText(file).Replace($"name: {Example}", "name: shed", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(cluster, "shed", Path.GetFileName(file)), content);
        }

        File.AppendAllText(Path.Combine(cluster, "kustomization.yaml"), "  - shed\n");

        IReadOnlyList<JsonObject> made = await KubectlProgram.KustomizeAsync(cluster);

        string[] first = [.. made.Where(manifest => Instance(manifest) == Example).Select(manifest => manifest.ToJsonString()).Order()];
        string[] second = [.. made.Where(manifest => Instance(manifest) == "shed").Select(manifest => manifest.ToJsonString().Replace("shed", Example, StringComparison.Ordinal)).Order()];
        CollectionAssert.AreEqual(first, second);
        Assert.HasCount((2 * first.Length) + 2, made);
    }

    private static string List(JsonNode? rule, string field)
    {
        return string.Join(',', rule![field]?.AsArray().Select(value => value!.GetValue<string>()) ?? []);
    }

    private static string? Instance(JsonObject manifest)
    {
        return manifest["metadata"]!["labels"]!["app.kubernetes.io/instance"]?.GetValue<string>();
    }

    private static string Kind(JsonObject manifest)
    {
        return manifest["kind"]!.GetValue<string>();
    }

    // Sorted: kustomize sorts the members.
    private static string WithoutLabels(JsonObject manifest)
    {
        JsonObject copy = (JsonObject)manifest.DeepClone();
        ((JsonObject)copy["metadata"]!).Remove("labels");
        return Sorted(copy)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node)
    {
        return node switch
        {
            JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };
    }

    private static string CopyOf(string folder, string into)
    {
        string copy = Directory.CreateDirectory(Path.Combine(into, Path.GetFileName(folder))).FullName;
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        foreach (string child in Directory.GetDirectories(folder))
        {
            CopyOf(child, copy);
        }

        return copy;
    }
}
