using nanoFramework.TestFramework;
using PicoKubelet.Tests.Api;
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
    public void ForeignPod_IsFailed_AndTheNextOneMoreSlowly()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Ok));
        for (int i = 0; i < 3; i++)
        {
            pods.Apply(PodText.Swap(PodText.Of(name: "foreign-" + i.ToString()), "picokubelet\"", "runc\""));
        }

        pods.Duty.Do();
        Assert.Contains("\"status\":{\"phase\":\"Failed\",\"reason\":\"UnsupportedRuntime\",\"message\":\"this node is a microcontroller", pods.Connection.Sent);
        int first = pods.Duty.UntilDue();
        pods.Clock.Advance(first);
        pods.Duty.Do();

        Assert.IsTrue(first > 0);
        Assert.AreEqual(first * 2, pods.Duty.UntilDue());
        Assert.AreEqual(0, pods.Table.Count);
    }

    [TestMethod]
    public void DeletedPod_ThatNeverRanHere_IsConfirmed()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok));
        pods.Apply(PodText.Deleted(30));
        pods.Duty.Do();

        Assert.Contains("DELETE /api/v1/namespaces/default/pods/blink HTTP/1.1", pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void PodsBeyondTheBoardsRoom_AreRefusedInTheKubeletsWords()
    {
        PodHarness pods = new PodHarness(Replies.Ok(Ok));
        pods.Apply(PodText.Of(PodText.ContainerLimited("\"memory\":\"1Mi\"")));
        pods.Duty.Do();

        Assert.Contains("\"reason\":\"OutOfmemory\",\"message\":\"Pod Node didn't have enough resource: memory, requested: 1054720, used: 0, capacity: 28672\"", pods.Connection.Sent);
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

    private static string NotFound()
    {
        return Replies.Failure("404 Not Found", "NotFound", "configmaps blink not found");
    }
}
