using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class LoopTests
{
    private readonly ManualClock _clock = new ManualClock();
    private readonly RecordingLog _log = new RecordingLog();
    private readonly ScriptedBody _body;
    private readonly Loop _loop;

    public LoopTests()
    {
        _body = new ScriptedBody(_clock);
        _loop = new Loop("node", _body, _clock, new Logger(_log, new TimeKeeper(_clock)), new Random(1));
    }

    [TestMethod]
    public void A_step_tells_when_the_next_is_due()
    {
        Assert.AreEqual("node", _loop.Name);
        Assert.AreEqual(1000L, _loop.DueBy);
        _body.Wait = 300;
        _body.Milliseconds = 50;

        Assert.AreEqual(300, _loop.Step());

        Assert.AreEqual(1350L, _loop.DueBy);
        Assert.AreEqual(0, _loop.Failures);
        Assert.AreEqual(0, _log.Count);
    }

    [TestMethod]
    public void Failures_are_counted_logged_and_waited_after()
    {
        _body.Failure = new InvalidOperationException("oops");
        int ceiling = 200;
        for (int i = 1; i <= 10; i++)
        {
            int wait = _loop.Step();
            Assert.IsTrue(wait >= ceiling / 2 && wait <= ceiling, wait.ToString());
            Assert.AreEqual(i, _loop.Failures);
            Assert.AreEqual(i, _log.Count);
            Assert.AreEqual(1000L + wait, _loop.DueBy);
            ceiling = ceiling * 2 > 10000 ? 10000 : ceiling * 2;
        }

        Assert.AreEqual("level=warning msg=\"loop failed\" loop=node error=\"InvalidOperationException: oops\"", _log.LastLine);
        Assert.AreEqual(0, _loop.OutOfMemoryInARow);

        _body.Failure = null;
        _body.Wait = 7;
        Assert.AreEqual(7, _loop.Step());
        _body.Failure = new InvalidOperationException("oops");
        Assert.IsTrue(_loop.Step() <= 200);
    }

    [TestMethod]
    public void Running_out_of_memory_is_counted_in_a_row_and_not_logged()
    {
        _body.Failure = new OutOfMemoryException();
        for (int i = 1; i <= 3; i++)
        {
            Assert.IsTrue(_loop.Step() > 0);
            Assert.AreEqual(i, _loop.OutOfMemoryInARow);
        }

        Assert.AreEqual(3, _loop.Failures);
        Assert.AreEqual(0, _log.Count);

        _body.Failure = null;
        _loop.Step();
        Assert.AreEqual(0, _loop.OutOfMemoryInARow);
        Assert.AreEqual(3, _loop.Failures);
    }

    [TestMethod]
    public void A_log_that_fails_does_not_end_the_loop()
    {
        _body.Failure = new InvalidOperationException("oops");
        _log.Failure = new OutOfMemoryException();

        int wait = _loop.Step();

        Assert.IsTrue(wait > 0);
        Assert.AreEqual(1, _loop.Failures);
        Assert.AreEqual(1000L + wait, _loop.DueBy);
    }

    [TestMethod]
    public void A_thread_steps_and_waits_until_it_is_woken_or_stopped()
    {
        WaitingBody body = new WaitingBody();
        Loop loop = new Loop("x", body, _clock, new Logger(_log, new TimeKeeper(_clock)), new Random(1));

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
        Assert.IsTrue(_loop.Stop(0));
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
