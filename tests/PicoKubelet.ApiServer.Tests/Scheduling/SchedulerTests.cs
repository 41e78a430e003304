using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Scheduling;

[TestClass]
public sealed class SchedulerTests
{
    private const string Affinity = ""","affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[""";

    [TestMethod]
    [DataRow("", "", "n1")]
    [DataRow(""","nodeSelector":{"kind":"b"}""", "", "n2")]
    [DataRow(Affinity + """{"matchExpressions":[{"key":"kind","operator":"NotIn","values":["a"]}]}]}}}""", "", "n2")]
    [DataRow(Affinity + """{"matchFields":[{"key":"metadata.name","operator":"In","values":["n2"]}]}]}}}""", "", "n2")]
    [DataRow(""","nodeSelector":{"kind":"c"},"tolerations":[{"key":"t","operator":"Equal","value":"1","effect":"NoSchedule"}]""", "", "n3")]
    public async Task APodGoesWhereItMay(string spec, string container, string node)
    {
        await using var cluster = await BoardsAsync();
        await cluster.CreatePodAsync("p", spec, container);
        await UntilAsync(cluster, "p", pod => pod["spec.nodeName"] is not null, "is bound");
        Assert.AreEqual(node, (await PodAsync(cluster, "p"))["spec.nodeName"]);
        StringAssert.Contains(await EventsAsync(cluster, "Scheduled"), $"Successfully assigned default/p to {node}");
    }

    [TestMethod]
    [DataRow(""","nodeSelector":{"kind":"d"}""", "", "0/3 nodes are available: 1 node(s) had untolerated taint {t: 1}, 2 node(s) didn't match Pod's node affinity/selector.")]
    [DataRow("", ""","resources":{"requests":{"memory":"1Mi"}}""", "0/3 nodes are available: 1 node(s) had untolerated taint {t: 1}, 2 Insufficient memory.")]
    [DataRow(""","tolerations":[{"operator":"Exists"}]""", ""","resources":{"limits":{"picokubelet.io/gpio-9":"1"}}""", "0/3 nodes are available: 3 Insufficient picokubelet.io/gpio-9.")]
    public async Task APodThatNoNodeTakesSaysWhy(string spec, string container, string message)
    {
        await using var cluster = await BoardsAsync();
        await cluster.CreatePodAsync("p", spec, container);
        await UntilAsync(cluster, "p", pod => pod["status.conditions.0.message"] is not null, "is refused");
        var pod = await PodAsync(cluster, "p");
        Assert.AreEqual(message, pod["status.conditions.0.message"]);
        Assert.AreEqual("Unschedulable", pod["status.conditions.0.reason"]);
        Assert.AreEqual(message, await EventsAsync(cluster, "FailedScheduling"));
    }

    [TestMethod]
    public async Task WithoutNodesItSaysSo()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p");
        await UntilAsync(cluster, "p", pod => pod["status.conditions.0.message"] == "no nodes available to schedule pods", "is refused");
    }

    [TestMethod]
    public async Task APinThatIsTakenIsWaitedFor()
    {
        const string Pin = ""","resources":{"limits":{"picokubelet.io/gpio-4":"1"}}""";
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateBoardAsync("n1");
        await cluster.CreatePodAsync("first", container: Pin);
        await UntilAsync(cluster, "first", pod => pod["spec.nodeName"] == "n1", "is bound");
        await cluster.CreatePodAsync("second", container: Pin);
        await UntilAsync(cluster, "second", pod => pod["status.conditions.0.message"] == "0/1 nodes are available: 1 Insufficient picokubelet.io/gpio-4.", "waits");
        await cluster.SendAsync("DELETE", Cluster.Pods + "/first", """{"gracePeriodSeconds":0}""");
        await UntilAsync(cluster, "second", pod => pod["spec.nodeName"] == "n1", "gets the pin");
    }

    [TestMethod]
    public async Task AFullBoardTakesNoMore()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateBoardAsync("n1");
        foreach (var name in (string[])["a", "b", "c"])
        {
            await cluster.CreatePodAsync(name);
            await UntilAsync(cluster, name, pod => pod.Json["status"]!["conditions"] is not null, "was looked at");
        }
        Assert.AreEqual("0/1 nodes are available: 1 Too many pods.", (await PodAsync(cluster, "c"))["status.conditions.0.message"]);
        (await cluster.PatchAsync(Cluster.Pods + "/a/status", Cluster.Strategic, """{"status":{"phase":"Succeeded"}}""")).Ok();
        await UntilAsync(cluster, "c", pod => pod["spec.nodeName"] == "n1", "takes the place of one that ended");
    }

    [TestMethod]
    public async Task OverheadCounts()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateBoardAsync("n1");
        (await cluster.PostAsync("/apis/node.k8s.io/v1/runtimeclasses", """{"metadata":{"name":"w"},"handler":"w","overhead":{"podFixed":{"memory":"40Ki"}}}""")).Ok();
        await cluster.CreatePodAsync("p", ""","runtimeClassName":"w" """, ""","resources":{"requests":{"memory":"30Ki"}}""");
        await UntilAsync(cluster, "p", pod => pod["status.conditions.0.message"] == "0/1 nodes are available: 1 Insufficient memory.", "is refused");
    }

    [TestMethod]
    public async Task ACordonedNodeAndANewOne()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateBoardAsync("n1");
        (await cluster.PatchAsync(Cluster.Nodes + "/n1", Cluster.Merge, """{"spec":{"unschedulable":true}}""")).Ok();
        await cluster.CreatePodAsync("p");
        await UntilAsync(cluster, "p", pod => pod["status.conditions.0.message"] == "0/1 nodes are available: 1 node(s) were unschedulable.", "is refused");
        await cluster.CreateBoardAsync("n2");
        await UntilAsync(cluster, "p", pod => pod["spec.nodeName"] == "n2", "goes to the new node");
    }

    private static async Task<Cluster> BoardsAsync()
    {
        var cluster = await Cluster.StartAsync();
        await cluster.CreateBoardAsync("n1", """{"kind":"a"}""");
        await cluster.CreateBoardAsync("n2", """{"kind":"b"}""");
        await cluster.CreateBoardAsync("n3", """{"kind":"c"}""", """[{"key":"t","value":"1","effect":"NoSchedule"}]""");
        return cluster;
    }

    private static Task<Reply> PodAsync(Cluster cluster, string name) => cluster.GetAsync($"{Cluster.Pods}/{name}");

    private static Task UntilAsync(Cluster cluster, string pod, Func<Reply, bool> condition, string what) =>
        Wait.UntilAsync(async () => condition(await PodAsync(cluster, pod)), $"{pod} {what}");

    private static async Task<string> EventsAsync(Cluster cluster, string reason)
    {
        var path = $"/api/v1/namespaces/default/events?fieldSelector=reason%3D{reason}";
        await Wait.UntilAsync(async () => (await cluster.GetAsync(path)).Json["items"]!.AsArray().Count > 0, reason);
        return string.Join('\n', (await cluster.GetAsync(path)).Json["items"]!.AsArray().Select(item => item!["message"]!.ToString()));
    }
}
