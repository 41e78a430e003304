using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class PodDutyTests
{
    private const string Ok = "{\"metadata\":{}}";

    [TestMethod]
    public void NewPod_GetsItsProgram_AndItsStatusIsTold()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"binaryData\":{\"other\":\"AAAA\",\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}"), Replies.Ok(Ok), Replies.Ok(Ok));
        pods.Apply(PodText.Of());

        Assert.AreEqual(0, pods.Duty.UntilDue());
        Assert.IsTrue(pods.Duty.Do());
        Assert.Contains("GET /api/v1/namespaces/default/configmaps/blink HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("PATCH /api/v1/namespaces/default/pods/blink/status HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("{\"metadata\":{\"uid\":\"" + PodText.Uid + "\"},\"status\":{\"phase\":\"Pending\"", pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());

        pods.Step(4);
        Assert.AreEqual(0, pods.Duty.UntilDue());
        pods.Duty.Do();

        Assert.Contains("\"status\":{\"phase\":\"Running\"", pods.Connection.Sent);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\",\"lastTransitionTime\":\"2026-01-23T10:30:0", pods.Connection.Sent);
        Assert.Contains("\"hostIP\":\"192.0.2.7\",\"podIP\":\"192.0.2.7\"", pods.Connection.Sent);
        Assert.Contains("\"restartCount\":0,\"ready\":true,\"started\":true,\"state\":{\"running\":{\"startedAt\":\"2026-01-23T10:30:0", pods.Connection.Sent);
    }

    [TestMethod]
    public void ChangeWhileTheStatusIsTold_IsToldToo()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}"), Replies.Ok(Ok), Replies.Ok(Ok));
        pods.Apply(PodText.Of());
        pods.Connection.Written = request => pods.Step(request.StartsWith("PATCH") ? 4 : 0);
        pods.Duty.Do();
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.DoesNotContains("\"phase\":\"Running\"", pods.Connection.Sent);
        pods.Connection.Written = null;

        Assert.AreEqual(0, pods.Duty.UntilDue());
        pods.Duty.Do();

        Assert.Contains("\"phase\":\"Running\"", pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void ProgramThatTheBoardKeeps_IsNotTransferredAgain()
    {
        string map = "{\"metadata\":{\"uid\":\"u-1\",\"resourceVersion\":\"7\"},\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}";
        PodHarness first = new PodHarness(Replies.Ok(map), Replies.Ok(Ok));
        first.KeepPrograms(new FakeFiles());
        first.Apply(PodText.Of());
        first.Duty.Do();
        Assert.AreEqual(2, first.Connection.Writes);

        // After a reboot: the ConfigMap is the same.
        PodHarness second = new PodHarness(Replies.Ok(VersionOf("7")), Replies.Ok(Ok));
        second.KeepPrograms(first.Files);
        second.Apply(PodText.Of());
        second.Duty.Do();
        second.Step(4);

        Assert.AreEqual(2, second.Connection.Writes);
        Assert.Contains("PartialObjectMetadata", second.Connection.Sent);
        Assert.AreEqual("Running", second.Pod.Phase);

        // After another one it is a newer one.
        PodHarness third = new PodHarness(Replies.Ok(VersionOf("8")), Replies.Ok(map), Replies.Ok(Ok));
        third.KeepPrograms(first.Files);
        third.Apply(PodText.Of());
        third.Duty.Do();
        third.Step(4);

        Assert.AreEqual(3, third.Connection.Writes);
        Assert.AreEqual("Running", third.Pod.Phase);
    }

    [TestMethod]
    public void ProgramThatTheStorageDoesNotTake_RunsAllTheSame()
    {
        string map = "{\"metadata\":{\"uid\":\"u-1\",\"resourceVersion\":\"7\"},\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}";
        PodHarness pods = new PodHarness(Replies.Ok(map), Replies.Ok(Ok));
        pods.KeepPrograms(new FakeFiles { Room = 100 });
        pods.Apply(PodText.Of());
        pods.Duty.Do();
        pods.Step(4);

        Assert.AreEqual("Running", pods.Pod.Phase);
    }

    [TestMethod]
    public void SmallProgram_ThatKubectlTookForText_IsAProgram()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"data\":{\"blink.wasm\":\"\\u0000asm\\u0001\\u0000\\u0000\\u0000\"}}"), Replies.Ok(Ok));
        pods.Apply(PodText.Of());
        pods.Duty.Do();
        pods.Step(3);

        // Whole and sound, but for that it does nothing.
        Assert.AreEqual("the program exports no function _start", pods.Container.LastState.Message);
    }

    [TestMethod]
    public void MissingConfigMap_IsSaid_AndAskedForAgain()
    {
        PodHarness pods = new PodHarness(NotFound(), Replies.Ok(Ok), NotFound());
        pods.Apply(PodText.Of());
        pods.Duty.Do();

        Assert.Contains("\"state\":{\"waiting\":{\"reason\":\"CreateContainerConfigError\",\"message\":\"configmap \\\"blink\\\" not found\"}}", pods.Connection.Sent);
        Assert.IsTrue(pods.Duty.UntilDue() > 0);
        pods.Clock.Advance(1000);
        Assert.AreEqual(0, pods.Duty.UntilDue());
        pods.Duty.Do();
        Assert.AreEqual(3, pods.Connection.Writes);
    }

    [TestMethod]
    public void Deletion_IsConfirmed_OnceNothingRuns()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), Replies.Ok(Ok));
        pods.Run(PodText.Of(), TestPrograms.Spin);
        pods.Apply(PodText.Deleted(30));
        pods.Step(2);

        pods.Duty.Do();
        pods.Duty.Do();
        pods.Step(1);

        Assert.Contains("DELETE /api/v1/namespaces/default/pods/blink HTTP/1.1", pods.Connection.Sent);
        Assert.Contains("{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"" + PodText.Uid + "\"}}", pods.Connection.Sent);
        Assert.AreEqual(0, pods.Table.Count);
    }

    [TestMethod]
    public void DeletionThatIsNotFoundOnce_IsConfirmedAgain()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), NotFound(), Replies.Ok(Ok));
        pods.Run(PodText.Of(), TestPrograms.Spin);
        pods.Apply(PodText.Deleted(30));
        pods.Step(2);
        pods.Duty.Do();
        pods.Duty.Do();
        pods.Step(1);

        Assert.AreEqual(1, pods.Table.Count);
        pods.Clock.Advance(pods.Duty.UntilDue());
        pods.Duty.Do();
        pods.Step(1);
        Assert.AreEqual(3, pods.Connection.Writes);
        Assert.AreEqual(0, pods.Table.Count);
    }

    [TestMethod]
    public void PodThatTheNodeControllerSetToNotReady_IsSetBack()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), Replies.Ok(Ok));
        pods.Run(PodText.Of(), TestPrograms.Spin);
        pods.Duty.Do();
        pods.Apply(Shown("True"));
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());

        // A change of this node's own may come in between, from before: only what stays is somebody else's.
        pods.Apply(Shown("False"));
        pods.Apply(Shown("True"));
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
        pods.Apply(Shown("False"));
        Assert.AreEqual(5000, pods.Duty.UntilDue());
        pods.Clock.Advance(5000);
        Assert.IsTrue(pods.Duty.Do());

        Assert.AreEqual(2, pods.Connection.Writes);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", pods.Connection.Sent.Substring(pods.Connection.Sent.LastIndexOf("PATCH")));
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void NodeThatIsRegisteredAnew_TellsItsPodsAgain()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), Replies.Ok(Ok));
        pods.Duty.Watch = new PodWatch(pods.Table, "pico-1") { IsWanted = true };
        pods.Run(PodText.Of(), TestPrograms.Spin);
        pods.Duty.Do();
        pods.Duty.Observe(NodeStage.InOrder);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());

        pods.Duty.Observe(NodeStage.Timed);
        pods.Duty.Observe(NodeStage.InOrder);

        Assert.AreEqual(0, pods.Duty.UntilDue());
        Assert.IsTrue(pods.Duty.Do());
        Assert.AreEqual(2, pods.Connection.Writes);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", pods.Connection.Sent.Substring(pods.Connection.Sent.LastIndexOf("PATCH")));
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void ProgramThatTheHeapHasNoRoomFor_Waits_UntilItHas()
    {
        PodHarness pods = new PodHarness();
        pods.Board.FreeHeap = 12000;
        pods.Run(PodText.Of(), TestPrograms.Spin);

        // An eighth of 64,000 bytes is kept, and 4 KB are the container's memory.
        Assert.AreEqual("CreateContainerError", pods.Container.State.Reason);
        Assert.Contains("bytes of the board's heap, more than are free", pods.Container.State.Message);
        Assert.AreEqual("Pending", pods.Pod.Phase);
        int version = pods.Pod.Version;
        pods.Pass(5000);
        Assert.AreEqual(version, pods.Pod.Version);

        pods.Board.FreeHeap = 13000;
        pods.Pass(5000);

        Assert.AreEqual("Running", pods.Pod.Phase);
    }

    [TestMethod]
    public void ProgramThatTheHeapHasNoRoomToRead_IsNotRead()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}"), Replies.Ok(Ok));
        pods.Board.FreeHeap = 12100;
        pods.Apply(PodText.Of());
        pods.Duty.Do();

        Assert.Contains("\"reason\":\"CreateContainerConfigError\",\"message\":\"the board's heap has no room for the program now\"", pods.Connection.Sent);
    }

    [TestMethod]
    public void PodsThatAListNamesNoMore_AreDropped()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Spin);
        pods.Table.BeginList();
        pods.Apply(PodText.Of(name: "other"));
        pods.Table.EndList();
        pods.Step(2);

        Assert.AreEqual(1, pods.Table.Count);
        Assert.AreEqual("other", pods.Pod.Spec.Name);
    }

    private static string VersionOf(string version)
    {
        return "{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"uid\":\"u-1\",\"resourceVersion\":\"" + version + "\"}}";
    }

    private static string Shown(string ready)
    {
        return PodText.Of(status: "\"phase\":\"Running\",\"conditions\":[{\"type\":\"ContainersReady\",\"status\":\"True\"},{\"type\":\"Ready\",\"status\":\"" + ready + "\"}]");
    }

    private static string NotFound()
    {
        return Replies.Failure("404 Not Found", "NotFound", "configmaps blink not found");
    }
}
