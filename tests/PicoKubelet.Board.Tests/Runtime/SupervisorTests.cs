using System;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class SupervisorTests
{
    [TestMethod]
    public void A_loop_that_makes_progress_is_left_alone()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Wait = 60000;
        for (int i = 0; i < 100; i++)
        {
            harness.Loop.Step();
            Assert.IsFalse(harness.Supervisor.Check(true));
            harness.Clock.Advance(60000);
            Assert.IsFalse(harness.Supervisor.Check(true));
        }

        Assert.AreEqual(0, harness.Board.Reboots);
        Assert.AreEqual(0, harness.Log.Count);
    }

    [TestMethod]
    public void A_loop_that_is_stuck_reboots_the_board()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Wait = 5000;
        harness.Loop.Step();
        harness.Clock.Advance(5000 + Supervisor.MaxStepMilliseconds);
        Assert.IsFalse(harness.Supervisor.Check(true));

        harness.Clock.Advance(1);
        Assert.IsTrue(harness.Supervisor.Check(true));
        Assert.AreEqual(1, harness.Board.Reboots);
        Assert.AreEqual("loop node is stuck", harness.Board.RebootReason);
        Assert.AreEqual("level=warning msg=rebooting reason=\"loop node is stuck\"", harness.Log.LastLine);
    }

    [TestMethod]
    public void Running_out_of_memory_three_times_in_a_row_reboots_the_board()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Failure = new OutOfMemoryException();
        harness.Loop.Step();
        harness.Loop.Step();
        Assert.IsFalse(harness.Supervisor.Check(true));
        harness.Body.Failure = null;
        harness.Loop.Step();
        harness.Body.Failure = new OutOfMemoryException();
        harness.Loop.Step();
        harness.Loop.Step();
        Assert.IsFalse(harness.Supervisor.Check(true));

        harness.Loop.Step();
        Assert.IsTrue(harness.Supervisor.Check(true));
        Assert.AreEqual("out of memory", harness.Board.RebootReason);
    }

    [TestMethod]
    public void A_heap_below_its_floor_for_three_heartbeats_reboots_the_board()
    {
        LoopHarness harness = new LoopHarness();
        harness.Clock.Advance(Supervisor.MaxUnhealthyMilliseconds);
        Assert.IsFalse(harness.Supervisor.Check(false));
        Assert.IsFalse(harness.Supervisor.Check(true));
        harness.Clock.Advance(Supervisor.MaxUnhealthyMilliseconds);
        Assert.IsFalse(harness.Supervisor.Check(false));
        harness.Clock.Advance(1);
        Assert.IsTrue(harness.Supervisor.Check(false));
        Assert.AreEqual("little memory is free", harness.Board.RebootReason);
    }

    [TestMethod]
    public void The_board_is_rebooted_though_there_is_no_memory_for_a_log_line()
    {
        LoopHarness harness = new LoopHarness();
        harness.Log.Failure = new OutOfMemoryException();
        harness.Body.Failure = new OutOfMemoryException();
        harness.Loop.Step();
        harness.Loop.Step();
        harness.Loop.Step();

        Assert.IsTrue(harness.Supervisor.Check(true));
        Assert.AreEqual(1, harness.Board.Reboots);
    }
}
