using PicoKubelet.ApiServer.Tests.Support;

namespace PicoKubelet.ApiServer.Tests.Pods;

[TestClass]
public sealed class PodTests
{
    private const string P = Cluster.Pods + "/p";
    private const string RuntimeClasses = "/apis/node.k8s.io/v1/runtimeclasses";

    private const string Wasm = """
        {"metadata":{"name":"wasm"},"handler":"wasm","overhead":{"podFixed":{"memory":"8Ki"}},
         "scheduling":{"nodeSelector":{"board":"yes"},"tolerations":[{"key":"t","operator":"Exists"}]}}
        """;

    [TestMethod]
    public async Task APodGetsWhatKubectlShows()
    {
        await using var cluster = await Cluster.StartAsync();
        var pod = (await cluster.CreatePodAsync("p", container: ""","resources":{"limits":{"memory":"4Ki"}}""")).Ok();
        Assert.AreEqual("Always", pod["spec.restartPolicy"]);
        Assert.AreEqual("30", pod["spec.terminationGracePeriodSeconds"]);
        Assert.AreEqual("default", pod["spec.serviceAccountName"]);
        Assert.AreEqual("Always", pod["spec.containers.0.imagePullPolicy"]);
        Assert.AreEqual("4Ki", pod["spec.containers.0.resources.requests.memory"]);
        Assert.AreEqual("/var/run/secrets/kubernetes.io/serviceaccount", pod["spec.containers.0.volumeMounts.0.mountPath"]);
        StringAssert.StartsWith(pod["spec.volumes.0.name"], "kube-api-access-");
        Assert.AreEqual("node.kubernetes.io/not-ready", pod["spec.tolerations.0.key"]);
        Assert.AreEqual("Pending", pod["status.phase"]);
        Assert.AreEqual("Burstable", pod["status.qosClass"]);
    }

    [TestMethod]
    [DataRow("""{"metadata":{"name":"q"},"spec":{}}""", "spec.containers: Required value")]
    [DataRow("""{"metadata":{"name":"q"},"spec":{"containers":[{"name":"c"}]}}""", "spec.containers[0].image: Required value")]
    [DataRow(
        """{"metadata":{"name":"q"},"spec":{"containers":[{"name":"c","image":"x","volumeMounts":[{"name":"v","mountPath":"/a"}]}]}}""",
        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [DataRow("""{"metadata":{"name":"q"},"spec":{"containers":[{"name":"c","image":"x"},{"name":"c","image":"x"}]}}""", "spec.containers[1].name: Duplicate value: \"c\"")]
    [DataRow("""{"metadata":{"name":"q"},"spec":{"restartPolicy":"Some","containers":[{"name":"c","image":"x"}]}}""", "spec.restartPolicy: Unsupported value: \"Some\"")]
    public async Task WhatIsWrongIsSaid(string pod, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        var refused = await cluster.PostAsync(Cluster.Pods, pod);
        Assert.AreEqual(422, refused.Code);
        StringAssert.Contains(refused["message"], message);
    }

    [TestMethod]
    public async Task ARuntimeClassAddsWhatItsPodsNeed()
    {
        await using var cluster = await Cluster.StartAsync();
        (await cluster.PostAsync(RuntimeClasses, Wasm)).Ok();
        var pod = (await cluster.CreatePodAsync("p", ""","runtimeClassName":"wasm","nodeSelector":{"own":"1"}""")).Ok();
        Assert.AreEqual("8Ki", pod["spec.overhead.memory"]);
        Assert.AreEqual("yes", pod["spec.nodeSelector.board"]);
        Assert.AreEqual("1", pod["spec.nodeSelector.own"]);
        Assert.IsTrue(pod.Json["spec"]!["tolerations"]!.AsArray().Any(toleration => toleration!["key"]!.ToString() == "t"));
    }

    [TestMethod]
    [DataRow(""","runtimeClassName":"nope" """, "pods \"p\" is forbidden: pod rejected: RuntimeClass \"nope\" not found")]
    [DataRow(""","runtimeClassName":"wasm","nodeSelector":{"board":"no"}""", "conflict: runtimeClass.scheduling.nodeSelector[board] = yes; pod.spec.nodeSelector[board] = no")]
    [DataRow(""","runtimeClassName":"wasm","overhead":{"memory":"1Ki"}""", "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")]
    [DataRow(""","overhead":{"memory":"1Ki"}""", "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")]
    [DataRow(""","serviceAccountName":"nobody" """, "error looking up service account default/nobody: serviceaccount \"nobody\" not found")]
    public async Task APodThatContradictsIsNotLetIn(string spec, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        (await cluster.PostAsync(RuntimeClasses, Wasm)).Ok();
        var refused = await cluster.CreatePodAsync("p", spec);
        Assert.AreEqual(403, refused.Code);
        StringAssert.Contains(refused["message"], message);
    }

    [TestMethod]
    public async Task APodIsBoundOnce()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", ""","schedulerName":"mine" """);
        var bound = await cluster.PostAsync(P + "/binding", """{"target":{"kind":"Node","name":"n1"}}""");
        Assert.AreEqual(201, bound.Code);
        Assert.AreEqual("Success", bound["status"]);
        Assert.AreEqual("n1", (await cluster.GetAsync(P))["spec.nodeName"]);
        Assert.AreEqual("True", (await cluster.GetAsync(P))["status.conditions.0.status"]);
        var again = await cluster.PostAsync(P + "/binding", """{"target":{"kind":"Node","name":"n2"}}""");
        Assert.AreEqual(409, again.Code);
        StringAssert.Contains(again["message"], "pod p is already assigned to node \"n1\"");
    }

    [TestMethod]
    public async Task APodOfANodeGoesWhenTheNodeSaysSo()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", ""","nodeName":"n1" """);
        var uid = (await cluster.GetAsync(P))["metadata.uid"];
        var asked = await cluster.SendAsync("DELETE", P);
        Assert.AreEqual("30", asked["metadata.deletionGracePeriodSeconds"]);

        var again = await cluster.SendAsync("DELETE", P, """{"gracePeriodSeconds":60}""");
        Assert.AreEqual("30", again["metadata.deletionGracePeriodSeconds"]);
        Assert.AreEqual("5", (await cluster.SendAsync("DELETE", P, """{"gracePeriodSeconds":5}"""))["metadata.deletionGracePeriodSeconds"]);
        (await cluster.PatchAsync(P + "/status", Cluster.Strategic, """{"status":{"phase":"Running"}}""")).Ok();
        Assert.AreEqual("Running", (await cluster.GetAsync(P))["status.phase"]);

        Assert.AreEqual(409, (await cluster.SendAsync("DELETE", P, """{"gracePeriodSeconds":0,"preconditions":{"uid":"other"}}""")).Code);
        var gone = await cluster.SendAsync("DELETE", P, $$$"""{"gracePeriodSeconds":0,"preconditions":{"uid":"{{{uid}}}"}}""");
        Assert.AreEqual("Pod", gone["kind"]);
        Assert.AreEqual(404, (await cluster.GetAsync(P)).Code);
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow(""","nodeName":"n1" """, """{"status":{"phase":"Succeeded"}}""")]
    public async Task APodThatNobodyRunsGoesAtOnce(string spec, string status)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", spec);
        if (status.Length > 0)
        {
            (await cluster.PatchAsync(P + "/status", Cluster.Strategic, status)).Ok();
        }
        (await cluster.SendAsync("DELETE", P)).Ok();
        Assert.AreEqual(404, (await cluster.GetAsync(P)).Code);
    }

    [TestMethod]
    public async Task EvictionDeletes()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", ""","nodeName":"n1" """);
        var evicted = await cluster.PostAsync(P + "/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"},"deleteOptions":{"gracePeriodSeconds":7}}""");
        Assert.AreEqual(201, evicted.Code);
        Assert.AreEqual("7", (await cluster.GetAsync(P))["metadata.deletionGracePeriodSeconds"]);
    }

    [TestMethod]
    public async Task TheSpecStaysAndTheStatusIsTheNodes()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p");
        var refused = await cluster.PatchAsync(P, Cluster.Strategic, """{"spec":{"containers":[{"name":"c","command":["a"]}]}}""");
        Assert.AreEqual(422, refused.Code);
        StringAssert.Contains(refused["message"], "pod updates may not change fields other than");
        (await cluster.PatchAsync(P, Cluster.Strategic, """{"spec":{"containers":[{"name":"c","image":"y"}]},"status":{"phase":"Failed"}}""")).Ok();
        var pod = await cluster.GetAsync(P);
        Assert.AreEqual("y", pod["spec.containers.0.image"]);
        Assert.AreEqual("Pending", pod["status.phase"]);
    }

    [TestMethod]
    public async Task ANodeWatchesItsPodsAlone()
    {
        await using var cluster = await Cluster.StartAsync();
        using var watch = await cluster.WatchAsync("/api/v1/pods", "fieldSelector=spec.nodeName%3Dn1");
        await cluster.CreatePodAsync("other", ""","nodeName":"n2" """);
        await cluster.CreatePodAsync("p", ""","schedulerName":"mine" """);
        await cluster.PostAsync(P + "/binding", """{"target":{"kind":"Node","name":"n1"}}""");
        Assert.AreEqual("ADDED p", await watch.NextTextAsync());
        Assert.AreEqual(1, (await cluster.GetAsync("/api/v1/pods?fieldSelector=spec.nodeName%3Dn1,status.phase%3DPending")).Json["items"]!.AsArray().Count);
    }

    [TestMethod]
    [DataRow("{}", "0/1", "Pending", "0")]
    [DataRow("""{"phase":"Running","containerStatuses":[{"name":"c","ready":true,"restartCount":2,"state":{"running":{}}}]}""", "1/1", "Running", "2")]
    [DataRow("""{"phase":"Running","containerStatuses":[{"name":"c","restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "0/1", "CrashLoopBackOff", "1")]
    [DataRow("""{"phase":"Succeeded","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", "0/1", "Completed", "0")]
    [DataRow("""{"phase":"Failed","reason":"NodeAffinity"}""", "0/1", "NodeAffinity", "0")]
    [DataRow("""{"phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":3}}}]}""", "0/1", "ExitCode:3", "0")]
    public async Task ItsRow(string status, string ready, string shown, string restarts)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", ""","nodeName":"n1" """);
        (await cluster.PatchAsync(P + "/status", Cluster.Strategic, $$"""{"status":{{status}}}""")).Ok();
        Assert.AreEqual($"{ready} {shown} {restarts} n1", await RowAsync(cluster));
    }

    [TestMethod]
    public async Task ItsRowWhileItEnds()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreatePodAsync("p", ""","nodeName":"n1" """);
        await cluster.SendAsync("DELETE", P);
        Assert.AreEqual("0/1 Terminating 0 n1", await RowAsync(cluster));
    }

    private static async Task<string> RowAsync(Cluster cluster)
    {
        var cells = (await cluster.GetAsync(Cluster.Pods, Cluster.Table)).Json["rows"]![0]!["cells"]!.AsArray();
        return $"{cells[1]} {cells[2]} {cells[3]} {cells[6]}";
    }
}
