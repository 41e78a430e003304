using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Tables;
using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Api;

[TestClass]
public sealed class TableTests
{
    // The table of apimachinery's util/duration tests
    [TestMethod]
    [DataRow(0, "0s")]
    [DataRow(119, "119s")]
    [DataRow(120, "2m")]
    [DataRow(121, "2m1s")]
    [DataRow(599, "9m59s")]
    [DataRow(600, "10m")]
    [DataRow(10799, "179m")]
    [DataRow(10800, "3h")]
    [DataRow(18060, "5h1m")]
    [DataRow(28800, "8h")]
    [DataRow(172799, "47h")]
    [DataRow(172800, "2d")]
    [DataRow(176400, "2d1h")]
    [DataRow(691200, "8d")]
    [DataRow(63072000, "2y")]
    [DataRow(-10, "<invalid>")]
    public void Ages(int seconds, string text) => Assert.AreEqual(text, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));

    [TestMethod]
    public async Task NodesHaveKubectlsColumns()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateNodeAsync("n1");
        await cluster.PatchAsync($"{Cluster.Nodes}/n1", Cluster.Merge, """{"metadata":{"labels":{"node-role.kubernetes.io/edge":""}},"spec":{"unschedulable":true}}""");

        var table = (await cluster.GetAsync(Cluster.Nodes, $"{Cluster.Table},application/json")).Ok().Json;

        Assert.AreEqual("Table", table["kind"]!.ToString());
        CollectionAssert.AreEqual(
            (string[])["Name", "Status", "Roles", "Age", "Version", "Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"],
            Texts(table["columnDefinitions"]!, "name"));
        var cells = table["rows"]![0]!["cells"]!.AsArray().Select(cell => cell!.ToString()).ToArray();
        CollectionAssert.AreEqual(
            (string[])["n1", "Ready,SchedulingDisabled", "edge", "v1.34.0-picokubelet", "10.0.0.1", "<none>", "<unknown>", "<unknown>", "<unknown>"],
            (string[])[.. cells[..3], .. cells[4..]]);
        Assert.AreEqual("PartialObjectMetadata", table["rows"]![0]!["object"]!["kind"]!.ToString());
    }

    [TestMethod]
    public async Task OnlyTheFirstEventOfATableWatchHasColumns()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateConfigMapAsync("a");
        await cluster.CreateConfigMapAsync("b");
        using var watch = await cluster.WatchAsync(Cluster.ConfigMaps, accept: Cluster.Table);
        Assert.AreEqual(3, (await watch.NextAsync())!["object"]!["columnDefinitions"]!.AsArray().Count);
        Assert.IsNull((await watch.NextAsync())!["object"]!["columnDefinitions"]);
    }

    private static string[] Texts(JsonNode list, string member) => [.. list.AsArray().Select(item => item![member]!.ToString())];
}
