using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class SupervisorTests
{
    private readonly ManualClock _clock = new ManualClock();
    private readonly RecordingLog _log = new RecordingLog();
    private readonly FakeBoard _board = new FakeBoard();
    private readonly ScriptedBody _body;
    private readonly Loop _loop;
    private readonly Supervisor _supervisor;

    public SupervisorTests()
    {
        Logger log = new Logger(_log, new TimeKeeper(_clock));
        _body = new ScriptedBody(_clock);
        _loop = new Loop("node", _body, _clock, log, new Random(1));
        _supervisor = new Supervisor(_loop, _board, _clock, log);
    }

    [TestMethod]
    public void A_loop_that_makes_progress_is_left_alone()
    {
        _body.Wait = 60000;
        for (int i = 0; i < 100; i++)
        {
            _loop.Step();
            Assert.IsFalse(_supervisor.Check(true));
            _clock.Advance(60000);
            Assert.IsFalse(_supervisor.Check(true));
        }

        Assert.AreEqual(0, _board.Reboots);
        Assert.AreEqual(0, _log.Count);
    }

    [TestMethod]
    public void A_loop_that_is_stuck_reboots_the_board()
    {
        _body.Wait = 5000;
        _loop.Step();
        _clock.Advance(5000 + Supervisor.MaxStepMilliseconds);
        Assert.IsFalse(_supervisor.Check(true));

        _clock.Advance(1);
        Assert.IsTrue(_supervisor.Check(true));
        Assert.AreEqual(1, _board.Reboots);
        Assert.AreEqual("loop node is stuck", _board.RebootReason);
        Assert.AreEqual("level=error msg=rebooting reason=\"loop node is stuck\"", _log.LastLine);
    }

    [TestMethod]
    public void Running_out_of_memory_three_times_in_a_row_reboots_the_board()
    {
        _body.Failure = new OutOfMemoryException();
        _loop.Step();
        _loop.Step();
        Assert.IsFalse(_supervisor.Check(true));
        _body.Failure = null;
        _loop.Step();
        _body.Failure = new OutOfMemoryException();
        _loop.Step();
        _loop.Step();
        Assert.IsFalse(_supervisor.Check(true));

        _loop.Step();
        Assert.IsTrue(_supervisor.Check(true));
        Assert.AreEqual("out of memory", _board.RebootReason);
    }

    [TestMethod]
    public void A_heap_below_its_floor_for_three_heartbeats_reboots_the_board()
    {
        _clock.Advance(Supervisor.MaxUnhealthyMilliseconds);
        Assert.IsFalse(_supervisor.Check(false));
        Assert.IsFalse(_supervisor.Check(true));
        _clock.Advance(Supervisor.MaxUnhealthyMilliseconds);
        Assert.IsFalse(_supervisor.Check(false));
        _clock.Advance(1);
        Assert.IsTrue(_supervisor.Check(false));
        Assert.AreEqual("little memory is free", _board.RebootReason);
    }

    [TestMethod]
    public void The_board_is_rebooted_though_there_is_no_memory_for_a_log_line()
    {
        _log.Failure = new OutOfMemoryException();
        _body.Failure = new OutOfMemoryException();
        _loop.Step();
        _loop.Step();
        _loop.Step();

        Assert.IsTrue(_supervisor.Check(true));
        Assert.AreEqual(1, _board.Reboots);
    }
}
