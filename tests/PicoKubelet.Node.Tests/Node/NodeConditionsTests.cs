using System;
using nanoFramework.TestFramework;
using PicoKubelet.Node;

namespace PicoKubelet.Tests.Node;

[TestClass]
public class NodeConditionsTests
{
    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    // Of 64000 bytes, an eighth is 8000, a sixth 10666, a sixteenth 4000.
    [TestMethod]
    [DataRow(64000L, true, "False", "True")]
    [DataRow(8000L, true, "False", "True")]
    [DataRow(7999L, true, "True", "True")]
    [DataRow(4000L, true, "True", "True")]
    [DataRow(3999L, true, "True", "False")]
    [DataRow(0L, true, "True", "False")]
    [DataRow(64000L, false, "False", "True")]
    public void Facts_become_conditions(long freeHeap, bool isStorageHealthy, string memoryPressure, string ready)
    {
        ConditionsHarness harness = new ConditionsHarness();
        harness.Board.FreeHeap = freeHeap;
        harness.Storage.IsHealthy = isStorageHealthy;

        Assert.IsTrue(harness.Look(Noon));

        Assert.AreEqual(memoryPressure, harness.Conditions.Find("MemoryPressure").Status);
        Assert.AreEqual(memoryPressure == "True" ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory", harness.Conditions.Find("MemoryPressure").Reason);
        Assert.AreEqual(isStorageHealthy ? "False" : "True", harness.Conditions.Find("DiskPressure").Status);
        Assert.AreEqual(isStorageHealthy ? "KubeletHasNoDiskPressure" : "KubeletHasDiskPressure", harness.Conditions.Find("DiskPressure").Reason);
        Assert.AreEqual("False", harness.Conditions.Find("PIDPressure").Status);
        Assert.AreEqual(ready, harness.Conditions.Find("Ready").Status);
        Assert.AreEqual(ready == "True" ? "KubeletReady" : "KubeletNotReady", harness.Conditions.Find("Ready").Reason);
        Assert.AreEqual(ready == "True", harness.Conditions.IsReady);
        Assert.AreEqual(ready == "True", harness.Facts.IsHealthy);
        Assert.AreEqual(freeHeap, harness.Facts.FreeHeap);
    }

    [TestMethod]
    public void There_are_six_and_Ready_is_the_last()
    {
        ConditionsHarness harness = new ConditionsHarness();
        Assert.AreEqual(6, harness.Conditions.Count);
        Assert.AreEqual("Ready", harness.Conditions.Get(5).Type);
        Assert.IsNull(harness.Conditions.Get(5).Status);
        Assert.IsFalse(harness.Conditions.IsReady);
        Assert.IsNull(harness.Conditions.Find("ready"));
        Assert.AreSame(harness.Conditions.Get(0), harness.Conditions.Find("NetworkUnavailable"));
    }

    [TestMethod]
    public void An_interface_without_an_address_makes_the_network_unavailable()
    {
        ConditionsHarness harness = new ConditionsHarness();
        harness.Look(Noon);

        Assert.AreEqual("True", harness.Conditions.Find("NetworkUnavailable").Status);
        Assert.AreEqual("NetworkDisconnected", harness.Conditions.Find("NetworkUnavailable").Reason);
    }

    [TestMethod]
    public void Memory_pressure_does_not_flap()
    {
        ConditionsHarness harness = new ConditionsHarness();
        long[] free = { 8000, 7999, 8000, 10665, 10666, 8000, 7999 };
        string[] expected = { "False", "True", "True", "True", "False", "False", "True" };
        for (int i = 0; i < free.Length; i++)
        {
            harness.Board.FreeHeap = free[i];
            harness.Look(Noon);

            Assert.AreEqual(expected[i], harness.Conditions.Find("MemoryPressure").Status, i.ToString());
        }
    }

    [TestMethod]
    public void The_time_of_transition_moves_with_the_status_alone()
    {
        ConditionsHarness harness = new ConditionsHarness();
        Condition memory = harness.Conditions.Find("MemoryPressure");
        Assert.IsTrue(harness.Look(Noon));
        Assert.AreEqual(Noon, memory.LastTransition);

        Assert.IsFalse(harness.Look(Noon.AddMinutes(1)));
        Assert.AreEqual(Noon, memory.LastTransition);

        harness.Board.FreeHeap = 7000;
        Assert.IsTrue(harness.Look(Noon.AddMinutes(2)));
        Assert.AreEqual(Noon.AddMinutes(2), memory.LastTransition);
        Assert.AreEqual(Noon, harness.Conditions.Find("Ready").LastTransition);

        Assert.IsFalse(harness.Look(Noon.AddMinutes(3)));
        Assert.AreEqual(Noon.AddMinutes(2), memory.LastTransition);

        harness.Board.FreeHeap = 40000;
        Assert.IsTrue(harness.Look(Noon.AddMinutes(4)));
        Assert.AreEqual(Noon.AddMinutes(4), memory.LastTransition);
    }

    [TestMethod]
    public void One_look_at_the_heap_is_enough()
    {
        ConditionsHarness harness = new ConditionsHarness();
        harness.Look(Noon);

        Assert.AreEqual(1, harness.Board.HeapLooks);
    }
}
