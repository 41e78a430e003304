using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using PicoKubelet.Time;

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

    [TestMethod]
    public void A_second_loop_is_watched_by_its_own_bound()
    {
        LoopHarness harness = new LoopHarness();
        Loop watch = harness.NewLoop("configmap watch", new ScriptedBody(harness.Clock));
        harness.Supervisor.Watch(watch, 600000);
        harness.Clock.Advance(600000);
        harness.Loop.Step();
        Assert.IsFalse(harness.Supervisor.Check(true));
        harness.Clock.Advance(1);
        Assert.IsTrue(harness.Supervisor.Check(true));
        Assert.AreEqual("loop configmap watch is stuck", harness.Board.RebootReason);
    }

    [TestMethod]
    [DataRow("401 Unauthorized")]
    [DataRow("403 Forbidden")]
    [DataRow("500 Internal Server Error")]
    public void An_API_server_that_refuses_is_alive(string status)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Everything = Replies.Failure(status, "Reason", "no");
        Assert.AreEqual(-1, AskEachHour(node, 72));
    }

    [TestMethod]
    public void An_API_server_that_was_silent_for_a_day_reboots_the_board()
    {
        NodeHarness node = new NodeHarness();
        node.Server.IsDown = true;
        Assert.AreEqual(25, AskEachHour(node, 72));
        Assert.AreEqual("API server silent for a day", node.Board.RebootReason);
    }

    [TestMethod]
    public void What_does_not_speak_HTTP_is_silent_too()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Everything = "SSH-2.0-OpenSSH_9.2\r\n";
        Assert.AreEqual(25, AskEachHour(node, 72));
    }

    [TestMethod]
    public void One_reply_begins_the_day_anew()
    {
        NodeHarness node = new NodeHarness();
        node.Server.IsDown = true;
        Assert.AreEqual(20 + 25, AskEachHour(node, 72, 20));
    }

    [TestMethod]
    public void A_fault_right_after_the_start_waits_for_the_first_uptime()
    {
        BootHarness board = new BootHarness().Start();
        ScriptedBody body = new ScriptedBody(board.Clock) { Failure = new OutOfMemoryException() };
        Supervisor supervisor = NewSupervisor(board, body, out Loop loop);
        for (int waited = 0; waited < Rebooter.FirstUptime; waited += 5000)
        {
            loop.Step();
            loop.Step();
            loop.Step();
            Assert.IsFalse(supervisor.Check(true));
            board.Clock.Advance(5000);
        }

        Assert.IsTrue(supervisor.Check(true));
        Assert.AreEqual("out of memory", board.Board.RebootReason);
    }

    [TestMethod]
    public void A_board_whose_loop_never_comes_back_makes_no_storm_in_a_day()
    {
        BootHarness board = new BootHarness().Start();
        ScriptedBody body = new ScriptedBody(board.Clock);
        Supervisor supervisor = NewSupervisor(board, body, out Loop loop);
        for (int waited = 0; waited < 24 * 3600 * 1000; waited += 5000)
        {
            board.Clock.Advance(5000);
            if (supervisor.Check(true))
            {
                board.Start();
                Assert.AreEqual("loop node is stuck", board.Record.LastReason);
                supervisor = NewSupervisor(board, body, out loop);
            }
        }

        // 3 minutes (until the loop counts as stuck), 4, 8, 16 and 32, and then each hour.
        Assert.AreEqual(27, board.Board.Reboots);
        Assert.AreEqual(28, board.Record.Boots);
    }

    [TestMethod]
    public void A_thread_of_a_port_that_is_stuck_reboots_the_board()
    {
        LoopHarness harness = new LoopHarness();
        PortHarness port = new PortHarness(harness);
        SocketClient client = port.Connect();
        Pass(harness, Supervisor.MaxStepMilliseconds);
        Assert.IsFalse(harness.Supervisor.Check(true));

        Pass(harness, 1);
        Assert.IsTrue(harness.Supervisor.Check(true));
        Assert.AreEqual("thread port is stuck", harness.Board.RebootReason);
        client.Close();
        port.Stop();
    }

    [TestMethod]
    public void Without_a_client_of_the_API_server_its_silence_does_not_matter()
    {
        LoopHarness harness = new LoopHarness();
        Supervisor supervisor = new Supervisor(null, harness.Rebooter, harness.Clock);
        harness.Clock.Advance(Supervisor.MaxSilenceMilliseconds + 1L);
        Assert.IsFalse(supervisor.Check(true));
        Assert.AreEqual(0, harness.Board.Reboots);
    }

    [TestMethod]
    public void A_thread_of_a_port_that_nobody_asks_is_left_alone()
    {
        LoopHarness harness = new LoopHarness();
        PortHarness port = new PortHarness(harness);
        for (int i = 0; i < 2; i++)
        {
            Pass(harness, Supervisor.MaxStepMilliseconds);
            while (port.LastLook < harness.Clock.Milliseconds)
            {
                Thread.Sleep(1);
            }

            Assert.IsFalse(harness.Supervisor.Check(true));
        }

        port.Stop();
    }

    /// <summary>Lets time pass in which the loop makes progress.</summary>
    private static void Pass(LoopHarness harness, int milliseconds)
    {
        harness.Clock.Advance(milliseconds);
        harness.Loop.Step();
    }

    /// <returns>In which hour the board was rebooted, or -1.</returns>
    private static int AskEachHour(NodeHarness node, int hours, int hourOfReply = -1)
    {
        Supervisor supervisor = new Supervisor(node.Client.Statistics, new Rebooter(node.Board, node.Clock, node.Record, node.Logger), node.Clock);
        for (int hour = 1; hour <= hours; hour++)
        {
            node.Clock.Advance(3600 * 1000);
            bool wasDown = node.Server.IsDown;
            node.Server.IsDown = wasDown && hour != hourOfReply;
            node.Client.Get("/api/v1/nodes/pico-node-1", ReplyForm.Whole, null);
            node.Server.IsDown = wasDown;
            if (supervisor.Check(true))
            {
                return hour;
            }
        }

        return -1;
    }

    private static Supervisor NewSupervisor(BootHarness board, ILoopBody body, out Loop loop)
    {
        Logger log = new Logger(board.Log, new TimeKeeper(board.Clock));
        loop = new Loop("node", body, board.Clock, log, new Random(1));
        Supervisor supervisor = new Supervisor(new ApiStatistics(), board.Rebooter, board.Clock);
        supervisor.Watch(loop);
        return supervisor;
    }
}
