using System;
using nanoFramework.TestFramework;
using PicoKubelet.Node;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

[TestClass]
public class NodeConditionsTests
{
    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    private readonly FakeBoard _board = new FakeBoard();
    private readonly FakeStorage _storage = new FakeStorage();
    private readonly NodeFacts _facts = new NodeFacts();
    private readonly NodeConditions _conditions = new NodeConditions();

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
        _board.FreeHeap = freeHeap;
        _storage.IsHealthy = isStorageHealthy;

        Assert.IsTrue(Look(Noon));

        Assert.AreEqual(memoryPressure, _conditions.Find("MemoryPressure").Status);
        Assert.AreEqual(memoryPressure == "True" ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory", _conditions.Find("MemoryPressure").Reason);
        Assert.AreEqual(isStorageHealthy ? "False" : "True", _conditions.Find("DiskPressure").Status);
        Assert.AreEqual(isStorageHealthy ? "KubeletHasNoDiskPressure" : "KubeletHasDiskPressure", _conditions.Find("DiskPressure").Reason);
        Assert.AreEqual("False", _conditions.Find("PIDPressure").Status);
        Assert.AreEqual(ready, _conditions.Find("Ready").Status);
        Assert.AreEqual(ready == "True" ? "KubeletReady" : "KubeletNotReady", _conditions.Find("Ready").Reason);
        Assert.AreEqual(ready == "True", _conditions.IsReady);
        Assert.AreEqual(ready == "True", _facts.IsHealthy);
        Assert.AreEqual(freeHeap, _facts.FreeHeap);
    }

    [TestMethod]
    public void There_are_six_and_Ready_is_the_last()
    {
        Assert.AreEqual(6, _conditions.Count);
        Assert.AreEqual("Ready", _conditions.Get(5).Type);
        Assert.IsNull(_conditions.Get(5).Status);
        Assert.IsFalse(_conditions.IsReady);
        Assert.IsNull(_conditions.Find("ready"));
        Assert.AreSame(_conditions.Get(0), _conditions.Find("NetworkUnavailable"));
    }

    [TestMethod]
    public void An_interface_without_an_address_makes_the_network_unavailable()
    {
        Look(Noon);

        Assert.AreEqual("True", _conditions.Find("NetworkUnavailable").Status);
        Assert.AreEqual("NetworkDisconnected", _conditions.Find("NetworkUnavailable").Reason);
    }

    [TestMethod]
    public void Memory_pressure_does_not_flap()
    {
        long[] free = { 8000, 7999, 8000, 10665, 10666, 8000, 7999 };
        string[] expected = { "False", "True", "True", "True", "False", "False", "True" };
        for (int i = 0; i < free.Length; i++)
        {
            _board.FreeHeap = free[i];
            Look(Noon);

            Assert.AreEqual(expected[i], _conditions.Find("MemoryPressure").Status, i.ToString());
        }
    }

    [TestMethod]
    public void The_time_of_transition_moves_with_the_status_alone()
    {
        Condition memory = _conditions.Find("MemoryPressure");
        Assert.IsTrue(Look(Noon));
        Assert.AreEqual(Noon, memory.LastTransition);

        Assert.IsFalse(Look(Noon.AddMinutes(1)));
        Assert.AreEqual(Noon, memory.LastTransition);

        _board.FreeHeap = 7000;
        Assert.IsTrue(Look(Noon.AddMinutes(2)));
        Assert.AreEqual(Noon.AddMinutes(2), memory.LastTransition);
        Assert.AreEqual(Noon, _conditions.Find("Ready").LastTransition);

        Assert.IsFalse(Look(Noon.AddMinutes(3)));
        Assert.AreEqual(Noon.AddMinutes(2), memory.LastTransition);

        _board.FreeHeap = 40000;
        Assert.IsTrue(Look(Noon.AddMinutes(4)));
        Assert.AreEqual(Noon.AddMinutes(4), memory.LastTransition);
    }

    [TestMethod]
    public void One_look_at_the_heap_is_enough()
    {
        Look(Noon);

        Assert.AreEqual(1, _board.HeapLooks);
    }

    private bool Look(DateTime now)
    {
        _facts.Refresh(_board, _storage);
        return _conditions.Evaluate(_facts, now);
    }
}
