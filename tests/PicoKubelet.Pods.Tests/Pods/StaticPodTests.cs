using System;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Images;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>Pods of the board's own storage.</summary>
[TestClass]
public class StaticPodTests
{
    private const string Created = "{\"metadata\":{\"uid\":\"mirror-1\"}}";

    [TestMethod]
    public void StaticPod_Runs_WithoutNetworkAndTime()
    {
        PodHarness pods = Start(StaticPodText.Manifest());

        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual("blink-pico-1", pods.Pod.Spec.Name);
        Assert.AreEqual("lab", pods.Pod.Spec.Namespace);
        Assert.AreEqual(32, pods.Pod.Spec.Uid.Length);
        Assert.AreEqual("--pi=3", pods.Container.Arguments[1]);
        Assert.AreEqual("POD=blink-pico-1", pods.Container.Environment[0]);
        Assert.AreEqual(0, pods.Connection.Writes);
        Assert.AreEqual("hi\n", PodHarness.TextOf(pods.Container.Log));

        // Nothing to be told yet: nobody knows whether there is a mirror.
        pods.Duty.Observe(NodeStage.Off);
        Work(pods);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
        Assert.AreEqual(0, pods.Connection.Writes);
    }

    [TestMethod]
    public void Mirror_IsMade_AsAKubeletDoes_AndToldTheStatus()
    {
        PodHarness pods = Start(StaticPodText.Manifest(), Replies.Ok(Created), Replies.Ok("{}"));
        Join(pods);
        ListNothing(pods);

        Assert.IsTrue(pods.Duty.Do());
        string uid = pods.Pod.Spec.Uid;
        Assert.Contains("POST /api/v1/namespaces/lab/pods HTTP/1.1", pods.Connection.Sent);
        Assert.Contains(
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"blink-pico-1\",\"namespace\":\"lab\",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"pico-1\","
            + "\"uid\":\"node-uid\",\"controller\":true}],\"labels\":{\"app\":\"blink\"},\"annotations\":{\"note\":\"a \\\"b\\\"\",\"kubernetes.io/config.mirror\":\"" + uid
            + "\",\"kubernetes.io/config.hash\":\"" + uid + "\",\"kubernetes.io/config.seen\":\"2026-01-23T10:59:59Z",
            pods.Connection.Sent);
        Assert.Contains(
            "\",\"kubernetes.io/config.source\":\"file\"}},\"spec\":{\"nodeName\":\"pico-1\",\"runtimeClassName\":\"picokubelet\",\"containers\":[" + StaticPodText.Container + "]"
            + StaticPodText.Volume + ",\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\"},{\"operator\":\"Exists\",\"effect\":\"NoExecute\"}]}}",
            pods.Connection.Sent);

        Assert.IsTrue(pods.Duty.Do());
        Assert.Contains("PATCH /api/v1/namespaces/lab/pods/blink-pico-1/status HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("{\"metadata\":{\"uid\":\"mirror-1\"},\"status\":{\"phase\":\"Running\"", pods.Connection.Sent);
        Assert.Contains("\"startTime\":\"2026-01-23T10:59:5", pods.Connection.Sent);
        Assert.DoesNotContains("1601-", pods.Connection.Sent);
        Assert.DoesNotContains("0001-", pods.Connection.Sent);
        Work(pods);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void MirrorThatIsThere_IsTakenOver()
    {
        PodHarness pods = Start(StaticPodText.Manifest(), Replies.Ok("{}"));
        Join(pods);
        pods.Table.BeginList();
        pods.Apply(StaticPodText.Mirror("mirror-0", pods.Pod.Spec.Uid));
        pods.Table.EndList();

        pods.Duty.Do();

        Assert.Contains("{\"metadata\":{\"uid\":\"mirror-0\"},\"status\":{\"phase\":\"Running\"", pods.Connection.Sent);
        Assert.DoesNotContains("POST", pods.Connection.Sent);
        Assert.AreEqual(1, pods.Table.Count);

        // Read again, it is known.
        pods.Apply(StaticPodText.Mirror("mirror-0", pods.Pod.Spec.Uid));
        Assert.IsTrue(pods.Reader.IsKnown);
        Assert.AreEqual(int.MaxValue, pods.Rejection.UntilDue());
    }

    [TestMethod]
    public void MirrorThatSomebodyDeletes_IsMadeAgain_AndThePodGoesOn()
    {
        PodHarness pods = Start(StaticPodText.Manifest(), Replies.Ok(Created), Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{\"metadata\":{\"uid\":\"mirror-2\"}}"), Replies.Ok("{}"));
        Join(pods);
        ListNothing(pods);
        Work(pods);

        pods.Apply(StaticPodText.Mirror("mirror-1", pods.Pod.Spec.Uid, ",\"deletionTimestamp\":\"2026-01-23T11:00:00Z\",\"deletionGracePeriodSeconds\":30"));
        Assert.AreEqual(0, pods.Rejection.UntilDue());
        pods.Rejection.Do();
        Assert.Contains("DELETE /api/v1/namespaces/lab/pods/blink-pico-1 HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"mirror-1\"}}", pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
        pods.Table.Remove("mirror-1");
        Work(pods);

        Assert.AreEqual(2, StaticPodText.CountOf(pods.Connection.Sent, "POST /api/v1/namespaces/lab/pods "));
        Assert.Contains("{\"metadata\":{\"uid\":\"mirror-2\"},\"status\"", pods.Connection.Sent);
        pods.Step(4);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual(0, pods.Container.RestartCount);
    }

    [TestMethod]
    public void MirrorOfNoStaticPod_IsDeleted()
    {
        PodHarness pods = Start(StaticPodText.Manifest(), Replies.Ok("{}"), Replies.Ok("{}"));
        Join(pods);
        pods.Apply(StaticPodText.Mirror("mirror-0", "0123456789abcdef0123456789abcdef"));
        pods.Rejection.Do();
        Assert.Contains("\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"mirror-0\"}}", pods.Connection.Sent);

        // Nor does one of another name count that has the annotation.
        pods.Apply(PodText.Swap(StaticPodText.Mirror("mirror-3", pods.Pod.Spec.Uid), "blink-pico-1", "other"));
        pods.Rejection.Do();
        Assert.Contains("\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"mirror-3\"}}", pods.Connection.Sent);
        Assert.AreEqual(1, pods.Table.Count);
    }

    [TestMethod]
    public void RefusedMirror_IsTold_AndTriedAgainLater()
    {
        string forbidden = Replies.Failure("403 Forbidden", "Forbidden", "pods is forbidden");
        PodHarness pods = Start(StaticPodText.Manifest(), forbidden, forbidden, forbidden, forbidden, forbidden, forbidden);
        Join(pods);
        ListNothing(pods);
        Work(pods);
        for (int i = 0; i < 4; i++)
        {
            // A new Node is unknown to the one who refuses for a while.
            Assert.DoesNotContains("static pod not mirrored", pods.Log.Text);
            pods.Clock.Advance(pods.Duty.UntilDue());
            Work(pods);
        }

        Assert.Contains("static pod not mirrored", pods.Log.Text);
        Assert.IsTrue(pods.Events.HasPending);
        Assert.AreEqual("Running", pods.Pod.Phase);
        int wait = pods.Duty.UntilDue();
        Assert.IsTrue(wait > 200000, wait.ToString());
        pods.Clock.Advance(wait);
        Work(pods);
        Assert.AreEqual(6, StaticPodText.CountOf(pods.Connection.Sent, "POST /api/v1/namespaces/lab/pods "));
    }

    [TestMethod]
    public void WrongManifests_AreToldWithFileAndField_AndStopNoOther()
    {
        Refuses("{\"metadata\":{\"name\":\"x\"},\"spec\":{", "at byte ");
        Refuses(StaticPodText.Pod(",\"kind\":\"Deployment\""), "kind: has to be Pod");
        Refuses(StaticPodText.Pod("", "\"labels\":{}"), "metadata.name: ");
        Refuses(StaticPodText.Pod("").Substring(0, 40), "at byte ");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"runtimeClassName\":\"picokubelet\",", ""), "runtimeClassName: picokubelet");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"hostPath\":{\"path\":\"/\"}", "\"configMap\":{\"name\":\"a\"}"), "spec.volumes[0].configMap: a static pod ");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"hostPath\":{\"path\":\"/\"}", "\"secret\":{\"secretName\":\"a\"}"), "spec.volumes[0].secret: a static pod ");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"fieldRef\":{\"fieldPath\":\"metadata.name\"}", "\"configMapKeyRef\":{\"name\":\"a\",\"key\":\"b\"}"),
            "spec.containers[0].env[0].valueFrom.configMapKeyRef: a static pod ");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"runtimeClassName\"", "\"serviceAccountName\":\"a\",\"runtimeClassName\""), "spec.serviceAccountName: a static pod ");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"mountPath\":\"/app\"", "\"mountPath\":\"/other\""), "spec.containers[0].command: /app/blink.wasm lies in no hostPath that is mounted");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"name\":\"main\"", "\"name\":\"main\",\"resources\":{\"limits\":{\"memory\":\"1Mi\"}}"), "Pod Node didn't have enough resource: memory");
        Refuses(PodText.Swap(StaticPodText.Manifest(), "\"name\":\"main\"", "\"name\":\"" + new string('n', 8200) + "\""), "too large");
    }

    [TestMethod]
    public void ProgramThatIsNotThere_IsSaid_AndLookedForAgain()
    {
        FakeFiles files = StaticPodText.Files(StaticPodText.Manifest());
        files.Delete(StaticPodText.Program);
        PodHarness pods = new PodHarness(true);
        pods.KeepPods(files);
        pods.Duty.Observe(NodeStage.Timed);
        pods.Duty.Do();
        Assert.AreEqual("CreateContainerConfigError", pods.Container.State.Reason);
        Assert.Contains("has no file blink.wasm", pods.Container.State.Message);

        files.Put(StaticPodText.Program, Convert.FromBase64String(TestPrograms.Polite));
        pods.Clock.Advance(30000);
        pods.Duty.Do();
        pods.Step(4);
        Assert.AreEqual("Running", pods.Pod.Phase);
    }

    [TestMethod]
    public void Image_IsPulledWithoutTheApiServer_AndRunsWithoutNetworkAfterAPowerCut()
    {
        const string Module = "no module, as it turns out";
        string manifest = PodText.Swap(StaticPodText.Manifest(), "picokubelet.io/wasm", "r.example:5000/blink:v1");
        FakeFiles files = StaticPodText.Files(manifest);
        PodHarness pods = new PodHarness(true);
        FakeConnector registry = pods.ServeImages(RegistryHarness.ManifestReply(RegistryHarness.Manifest(Module)), RegistryHarness.BlobReply(Module));
        pods.KeepPods(files);
        pods.Duty.Observe(NodeStage.Linked);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
        pods.Duty.Observe(NodeStage.Timed);
        Work(pods);
        Assert.AreEqual(2, registry.Attempts);
        Assert.IsTrue(pods.Container.IsPrepared);
        Assert.AreEqual(0, pods.Connection.Writes);

        PodHarness after = new PodHarness(false);
        FakeConnector none = after.ServeImages();
        after.KeepPods(files);
        Assert.IsTrue(after.Container.IsPrepared);
        Assert.AreEqual(0, none.Attempts);
    }

    [TestMethod]
    public void RestartsAndTheirBackoff_SurviveAPowerCut_WithoutTheApiServer()
    {
        FakeFiles files = StaticPodText.Files(StaticPodText.Manifest());
        files.Put(StaticPodText.Program, Convert.FromBase64String(TestPrograms.Fail));
        PodHarness pods = new PodHarness(false);
        pods.KeepPods(files);
        pods.Duty.Observe(NodeStage.Off);
        pods.Step(6);
        pods.Pass(11000);
        Work(pods);
        Assert.AreEqual(2, pods.Container.RestartCount);

        PodHarness after = new PodHarness(false);
        after.KeepPods(files);
        after.Step(6);

        Assert.AreEqual(1, after.Table.Count);
        Assert.AreEqual(3, after.Container.RestartCount);

        // The manifest is another one: so is the pod.
        files.Put(StaticPodText.File, StaticPodText.Bytes(PodText.Swap(StaticPodText.Manifest(), "--pi=3", "--pi=4")));
        PodHarness changed = new PodHarness(false);
        changed.KeepPods(files);
        Assert.AreEqual(1, changed.Table.Count);
        Assert.AreEqual(0, changed.Container.RestartCount);
        Assert.AreNotEqual(after.Pod.Spec.Uid, changed.Pod.Spec.Uid);
    }

    private static void Refuses(string manifest, string why)
    {
        FakeFiles files = StaticPodText.Files(StaticPodText.Manifest());
        files.Put("static-wrong.json", StaticPodText.Bytes(manifest.IndexOf("\"blink\"") < 0 ? manifest : PodText.Swap(manifest, "\"blink\"", "\"wrong\"")));
        string ok = Replies.Ok("{}");
        PodHarness pods = new PodHarness(true, ok, ok, ok, ok, ok);
        pods.KeepPods(files);
        pods.Step(4);

        Assert.AreEqual(1, pods.Table.Count, why);
        Assert.AreEqual("blink-pico-1", pods.Pod.Spec.Name);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.Contains("file=static-wrong.json", pods.Log.Text);
        pods.Duty.Observe(NodeStage.InOrder);
        while (pods.Events.HasPending)
        {
            pods.Events.Send();
        }

        Assert.Contains("\"reason\":\"StaticPodRefused\",\"message\":\"static-wrong.json: ", pods.Connection.Sent);
        Assert.Contains(why, pods.Connection.Sent);
    }

    private static PodHarness Start(string manifest, params string[] replies)
    {
        PodHarness pods = new PodHarness(false, replies);
        pods.KeepPods(StaticPodText.Files(manifest));
        pods.Step(4);
        return pods;
    }

    private static void Join(PodHarness pods)
    {
        pods.Context.Time.Set(new DateTime(2026, 1, 23, 11, 0, 0));
        pods.Node.Uid = "node-uid";
        pods.Duty.Observe(NodeStage.InOrder);
    }

    private static void ListNothing(PodHarness pods)
    {
        pods.Table.BeginList();
        pods.Table.EndList();
    }

    private static void Work(PodHarness pods)
    {
        for (int i = 0; i < 8 && pods.Duty.UntilDue() == 0; i++)
        {
            pods.Duty.Do();
        }
    }
}
