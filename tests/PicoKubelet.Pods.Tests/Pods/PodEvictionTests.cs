using nanoFramework.TestFramework;
using PicoKubelet.Pods;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>Pods of a board with 64,000 bytes of heap, an eighth of which is to be free.</summary>
[TestClass]
public class PodEvictionTests
{
    [TestMethod]
    public void LowestPriority_GoesFirst_ThenWhatTakesMostBeyondItsRequest()
    {
        PodHarness pods = Run(Pod("important", 100, "1Ki"), Pod("modest", 0, "2Ki"), Pod("greedy", 0, "1Ki"));
        Look(pods, 7000);
        Assert.AreEqual("", Names(pods, "Running", "important", "modest"));
        Pod greedy = pods.Table.Find("default", "greedy");
        Assert.AreEqual("Failed/Evicted", greedy.Phase + "/" + greedy.Reason);
        Assert.StartsWith("The node was low on resource: memory. Threshold quantity: 8000, available: 7000. ", greedy.Message);
        Assert.IsTrue(greedy.IsOver);

        // What was evicted is to have time to be gone.
        Look(pods, 7000);
        Assert.AreEqual("", Names(pods, "Running", "important", "modest"));
        pods.Clock.Advance(10000);
        Look(pods, 7000);
        Assert.AreEqual("", Names(pods, "Running", "important"));
        pods.Clock.Advance(10000);
        Look(pods, 7000);
        Assert.AreEqual("", Names(pods, "Failed", "important", "modest", "greedy"));
    }

    [TestMethod]
    public void Enough_IsEnough()
    {
        PodHarness pods = Run(Pod("only", 0, "1Ki"));
        int looks = pods.Board.HeapLooks;
        Look(pods, 8000);
        Assert.AreEqual(looks, pods.Board.HeapLooks);

        // What the last heartbeat found may be over.
        pods.Node.FreeHeap = 7000;
        pods.Board.FreeHeap = 8000;
        pods.Duty.Observe(NodeStage.InOrder);
        pods.Step(2);
        Assert.AreEqual(looks + 1, pods.Board.HeapLooks);

        Assert.AreEqual("", Names(pods, "Running", "only"));
    }

    [TestMethod]
    public void Eviction_IsTold()
    {
        PodHarness pods = Run(Pod("only", 0, "64"));
        Look(pods, 5000);
        pods.Duty.Do();
        while (pods.Events.HasPending)
        {
            Assert.IsTrue(pods.Events.Send().IsOk);
        }

        Assert.Contains("\"status\":{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":\"The node was low on resource: memory. ", pods.Connection.Sent);
        Assert.Contains("request is 64, has larger consumption of memory. ", pods.Connection.Sent);
        Assert.Contains("\"type\":\"Warning\"", pods.Connection.Sent);
        Assert.Contains("\"reason\":\"Evicted\"", pods.Connection.Sent);
    }

    private static void Look(PodHarness pods, long free)
    {
        pods.Node.FreeHeap = free;
        pods.Board.FreeHeap = free;
        pods.Duty.Observe(NodeStage.InOrder);
        pods.Step(2);
    }

    private static PodHarness Run(params string[] documents)
    {
        PodHarness pods = new PodHarness(Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"), Replies.Ok("{}"));
        for (int i = 0; i < documents.Length; i++)
        {
            pods.Apply(documents[i]);
            pods.Table.Get(i).Containers[0].Prepare(TestPrograms.Load(TestPrograms.Polite, 2048), new string[] { "polite" }, new string[0]);
        }

        pods.Step(4);
        Assert.AreEqual(documents.Length, pods.Table.Count);
        return pods;
    }

    private static string Pod(string name, int priority, string request)
    {
        return PodText.Of(
            PodText.ContainerWith(",\"resources\":{\"limits\":{\"memory\":\"2Ki\"},\"requests\":{\"memory\":\"" + request + "\"}}"),
            ",\"priority\":" + priority.ToString(),
            name: name);
    }

    /// <returns>The first that is not in the phase, or an empty text.</returns>
    private static string Names(PodHarness pods, string phase, params string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (pods.Table.Find("default", names[i]).Phase != phase)
            {
                return names[i];
            }
        }

        return "";
    }
}
