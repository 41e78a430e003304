using System;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class RebooterTests
{
    private const int Minute = 60 * 1000;
    private const int Day = 24 * 60 * Minute;

    // How often the supervisor looks.
    private const int Look = 5000;

    // 2, 4, 8, 16 and 32 minutes, and then each hour.
    private const int MostRebootsOnADay = 27;

    [TestMethod]
    public void What_a_person_asks_for_is_done_at_once()
    {
        BootHarness board = new BootHarness().Start();
        for (int boot = 2; boot < 20; boot++)
        {
            board.Rebooter.Reboot("settings changed");
            Assert.AreEqual("level=warning msg=rebooting reason=\"settings changed\"", board.Log.LastLine);
            board.Start();
            Assert.AreEqual(boot, board.Record.Boots);
            Assert.AreEqual("settings changed", board.Record.LastReason);
            Assert.AreEqual(0, board.Record.RebootsInARow);
        }

        Assert.AreEqual(18, board.Board.Reboots);
    }

    [TestMethod]
    public void What_is_left_behind_is_kept_before_a_reboot_that_no_fault_makes_due()
    {
        int leavings = 0;
        BootHarness board = new BootHarness().Start();
        board.Rebooter.Leaving = () =>
        {
            Assert.AreEqual(leavings, board.Board.Reboots);
            leavings++;
            throw new InvalidOperationException("medium");
        };
        board.Rebooter.Reboot("command");
        board.Rebooter.Reboot("network is away", 0);
        board.Clock.Advance(Rebooter.LongestUptime);
        Assert.IsTrue(board.Rebooter.TryReboot("out of memory"));

        Assert.AreEqual(2, leavings);
        Assert.AreEqual(3, board.Board.Reboots);
    }

    [TestMethod]
    public void The_uptime_before_a_reboot_doubles_up_to_an_hour()
    {
        BootHarness board = new BootHarness().Start();
        int[] minutes = { 2, 4, 8, 16, 32, 60, 60, 60 };
        for (int i = 0; i < minutes.Length; i++)
        {
            Assert.AreEqual(minutes[i] * Minute, board.Rebooter.RequiredUptime);
            board.Clock.Advance((minutes[i] * Minute) - 1);
            Assert.IsFalse(board.Rebooter.TryReboot("out of memory"));
            Assert.IsFalse(board.Rebooter.TryReboot("out of memory"));
            Assert.AreEqual(1, board.Log.CountOf("msg=\"a reboot is due, and waits\" reason=\"out of memory\""));
            board.Clock.Advance(1);
            Assert.IsTrue(board.Rebooter.TryReboot("out of memory"));
            Assert.AreEqual("level=warning msg=rebooting reason=\"out of memory\"", board.Log.LastLine);
            board.Start();
            Assert.AreEqual("out of memory", board.Record.LastReason);
            Assert.AreEqual(i + 1, board.Record.RebootsInARow);
        }
    }

    [TestMethod]
    public void An_hour_of_health_ends_the_row()
    {
        BootHarness board = new BootHarness().Start();
        FailOnce(board);
        FailOnce(board);
        board.Clock.Advance(10 * Minute);
        board.Rebooter.NoteHealthy();
        int writes = board.Files.Writes;

        board.Clock.Advance(Rebooter.HealthyTime - (10 * Minute) - 1);
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(2, board.Record.RebootsInARow);
        Assert.AreEqual(writes, board.Files.Writes);
        board.Clock.Advance(1);
        board.Rebooter.NoteHealthy();
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(0, board.Record.RebootsInARow);
        Assert.AreEqual(writes + 1, board.Files.Writes);

        board.Start();
        Assert.AreEqual(Rebooter.FirstUptime, board.Rebooter.RequiredUptime);
        Assert.AreEqual(BootRecord.PowerOn, board.Record.LastReason);
    }

    [TestMethod]
    public void Trouble_that_is_over_begins_the_hour_anew()
    {
        BootHarness board = new BootHarness().Start();
        FailOnce(board);
        board.Clock.Advance(3 * Minute);
        Assert.IsFalse(board.Rebooter.TryReboot("loop node is stuck"));
        board.Clock.Advance(Rebooter.HealthyTime - 1);
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(1, board.Record.RebootsInARow);
        board.Clock.Advance(1);
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(0, board.Record.RebootsInARow);
    }

    [TestMethod]
    public void A_power_cut_between_two_reboots_does_not_end_the_row()
    {
        BootHarness board = new BootHarness().Start();
        FailOnce(board);
        FailOnce(board);
        board.Start();
        Assert.AreEqual(BootRecord.PowerOn, board.Record.LastReason);
        Assert.AreEqual(8 * Minute, board.Rebooter.RequiredUptime);
    }

    [TestMethod]
    public void A_board_that_gets_stuck_after_each_start_makes_no_storm()
    {
        BootHarness board = new BootHarness().Start();
        int reboots = RunForADay(board, 0);
        Assert.AreEqual(MostRebootsOnADay, reboots);
        Assert.AreEqual(24, RunForADay(board, 0));
        Assert.AreEqual(1 + (2 * (MostRebootsOnADay + 24)), board.Files.Writes);
    }

    [TestMethod]
    public void A_board_that_can_not_count_its_reboots_makes_no_storm()
    {
        BootHarness board = new BootHarness().Start();
        board.Files.Failure = new InvalidOperationException("I/O");
        Assert.AreEqual(24, RunForADay(board, 0));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(10)]
    [DataRow(30)]
    [DataRow(59)]
    [DataRow(60)]
    [DataRow(61)]
    public void No_time_of_health_between_the_faults_makes_a_storm(int minutes)
    {
        int reboots = RunForADay(new BootHarness().Start(), minutes * Minute);
        Assert.IsTrue(reboots <= MostRebootsOnADay, reboots.ToString());
        Assert.IsTrue(reboots >= 22, reboots.ToString());
    }

    [TestMethod]
    public void A_reason_that_finds_no_memory_for_the_moment_is_stored_a_minute_later()
    {
        BootHarness board = new BootHarness().Start();
        board.Clock.Advance(2 * Minute);
        board.Files.Failure = new OutOfMemoryException();
        Assert.IsFalse(board.Rebooter.TryReboot("out of memory"));
        board.Files.Failure = null;
        board.Clock.Advance(Minute - 1);
        Assert.IsFalse(board.Rebooter.TryReboot("out of memory"));
        board.Clock.Advance(1);
        Assert.IsTrue(board.Rebooter.TryReboot("out of memory"));
        board.Start();
        Assert.AreEqual("out of memory", board.Record.LastReason);
        Assert.AreEqual(1, board.Record.RebootsInARow);
    }

    [TestMethod]
    public void Ten_starts_that_end_at_once_make_the_next_one_safe_for_an_hour()
    {
        BootHarness board = StartShortly(BootRecord.MaxShortStarts);
        Assert.IsFalse(board.Record.IsSafe);
        board.Start();
        Assert.IsTrue(board.Record.IsSafe);

        // It stays safe over power cuts.
        board.Clock.Advance(30 * Minute);
        Assert.IsFalse(board.Rebooter.NoteHealthy());
        board.Start();
        Assert.IsTrue(board.Record.IsSafe);
        board.Clock.Advance(Rebooter.SafeTime - 1);
        Assert.IsFalse(board.Rebooter.NoteHealthy());
        board.Clock.Advance(1);
        Assert.IsTrue(board.Rebooter.NoteHealthy());
        Assert.AreEqual("safe mode ends", board.Board.RebootReason);
        board.Start();
        Assert.IsFalse(board.Record.IsSafe);
        Assert.AreEqual(1, board.Record.ShortStarts);
    }

    [TestMethod]
    public void A_minute_ends_the_row_of_short_starts()
    {
        BootHarness board = StartShortly(BootRecord.MaxShortStarts);
        board.Clock.Advance(Rebooter.LastingTime - 1);
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(BootRecord.MaxShortStarts, board.Record.ShortStarts);
        board.Clock.Advance(1);
        board.Rebooter.NoteHealthy();
        Assert.AreEqual(0, board.Record.ShortStarts);
        board.Start();
        Assert.AreEqual(1, board.Record.ShortStarts);
    }

    [TestMethod]
    public void A_reboot_that_is_asked_for_is_no_start_that_ended_at_once()
    {
        BootHarness board = StartShortly(BootRecord.MaxShortStarts);
        board.Rebooter.Reboot("command");
        board.Start();
        Assert.IsFalse(board.Record.IsSafe);

        board = StartShortly(BootRecord.MaxShortStarts + 1);
        Assert.IsTrue(board.Record.IsSafe);
        board.Rebooter.Reboot("command");
        board.Start();
        Assert.IsFalse(board.Record.IsSafe);
    }

    private static BootHarness StartShortly(int times)
    {
        BootHarness board = new BootHarness();
        for (int i = 0; i < times; i++)
        {
            board.Clock.Advance(Minute);
            board.Start();
        }

        return board;
    }

    private static void FailOnce(BootHarness board)
    {
        board.Clock.Advance(board.Rebooter.RequiredUptime);
        Assert.IsTrue(board.Rebooter.TryReboot("loop node is stuck"));
        board.Start();
    }

    /// <summary>Runs a board that is well for a time after each start, and then not.</summary>
    private static int RunForADay(BootHarness board, long wellMilliseconds)
    {
        int before = board.Board.Reboots;
        long end = board.Clock.Milliseconds + Day;
        long started = board.Clock.Milliseconds;
        while (board.Clock.Milliseconds < end)
        {
            board.Clock.Advance(Look);
            if (board.Clock.Milliseconds - started <= wellMilliseconds)
            {
                board.Rebooter.NoteHealthy();
            }
            else if (board.Rebooter.TryReboot("loop node is stuck"))
            {
                board.Start();
                started = board.Clock.Milliseconds;
            }
        }

        return board.Board.Reboots - before;
    }
}
