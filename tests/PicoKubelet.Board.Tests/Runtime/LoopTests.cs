using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class LoopTests
{
    [TestMethod]
    public void A_step_tells_when_the_next_is_due()
    {
        LoopHarness harness = new LoopHarness();
        Assert.AreEqual("node", harness.Loop.Name);
        Assert.AreEqual(1000L, harness.Loop.DueBy);
        harness.Body.Wait = 300;
        harness.Body.Milliseconds = 50;

        Assert.AreEqual(300, harness.Loop.Step());

        Assert.AreEqual(1350L, harness.Loop.DueBy);
        Assert.AreEqual(0, harness.Loop.Failures);
        Assert.AreEqual(0, harness.Log.Count);
    }

    [TestMethod]
    public void Failures_are_counted_logged_and_waited_after()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Failure = new InvalidOperationException("oops");
        int ceiling = 200;
        for (int i = 1; i <= 10; i++)
        {
            int wait = harness.Loop.Step();
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.AreEqual(i, harness.Loop.Failures);
            Assert.AreEqual(i, harness.Log.Count);
            Assert.AreEqual(1000L + wait, harness.Loop.DueBy);
            ceiling = ceiling * 2 > 10000 ? 10000 : ceiling * 2;
        }

        Assert.AreEqual("level=warning msg=\"loop failed\" loop=node error=\"InvalidOperationException: oops\"", harness.Log.LastLine);
        Assert.AreEqual(0, harness.Loop.OutOfMemoryInARow);

        harness.Body.Failure = null;
        harness.Body.Wait = 7;
        Assert.AreEqual(7, harness.Loop.Step());
        harness.Body.Failure = new InvalidOperationException("oops");
        Assert.IsTrue(harness.Loop.Step() <= 200);
    }

    [TestMethod]
    public void Running_out_of_memory_is_counted_in_a_row_and_not_logged()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Failure = new OutOfMemoryException();
        for (int i = 1; i <= 3; i++)
        {
            Assert.IsTrue(harness.Loop.Step() > 0);
            Assert.AreEqual(i, harness.Loop.OutOfMemoryInARow);
        }

        Assert.AreEqual(3, harness.Loop.Failures);
        Assert.AreEqual(0, harness.Log.Count);

        harness.Body.Failure = null;
        harness.Loop.Step();
        Assert.AreEqual(0, harness.Loop.OutOfMemoryInARow);
        Assert.AreEqual(3, harness.Loop.Failures);
    }

    [TestMethod]
    public void A_log_that_fails_does_not_end_the_loop()
    {
        LoopHarness harness = new LoopHarness();
        harness.Body.Failure = new InvalidOperationException("oops");
        harness.Log.Failure = new OutOfMemoryException();

        int wait = harness.Loop.Step();

        Assert.IsTrue(wait > 0);
        Assert.AreEqual(1, harness.Loop.Failures);
        Assert.AreEqual(1000L + wait, harness.Loop.DueBy);
    }

    [TestMethod]
    public void A_thread_steps_and_waits_until_it_is_woken_or_stopped()
    {
        LoopHarness harness = new LoopHarness();
        WaitingBody body = new WaitingBody();
        Loop loop = harness.NewLoop("x", body);

        loop.Start();
        Assert.IsTrue(body.Stepped.WaitOne(10000, false));
        loop.Wake();
        Assert.IsTrue(body.Stepped.WaitOne(10000, false));

        Assert.IsTrue(loop.Stop(10000));
        Assert.IsFalse(body.Stepped.WaitOne(0, false));
    }

    [TestMethod]
    public void A_loop_that_never_started_has_ended()
    {
        LoopHarness harness = new LoopHarness();
        Assert.IsTrue(harness.Loop.Stop(0));
    }

    private sealed class WaitingBody : ILoopBody
    {
        public AutoResetEvent Stepped { get; } = new AutoResetEvent(false);

        public int Step()
        {
            Stepped.Set();
            return int.MaxValue;
        }
    }
}
