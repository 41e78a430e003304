using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class BootRecordTests
{
    [TestMethod]
    public void Starts_are_counted_and_a_reason_holds_for_one_of_them()
    {
        BootHarness board = new BootHarness().Start();
        MustBe(board, 1, BootRecord.PowerOn);
        Assert.AreEqual("level=info msg=\"no boot record; counting from 1\"\n", board.Log.Text);

        board.Rebooter.Reboot("command");
        board.Start();
        MustBe(board, 2, "command");
        Assert.AreEqual(0, board.Log.Count);

        board.Start();
        MustBe(board, 3, BootRecord.PowerOn);
    }

    [TestMethod]
    public void Flash_is_written_at_a_start_a_minute_later_and_before_a_reboot()
    {
        BootHarness board = new BootHarness().Start();
        Assert.AreEqual(1, board.Files.Writes);
        for (int i = 0; i < 100; i++)
        {
            board.Clock.Advance(Rebooter.LongestUptime);
            board.Rebooter.NoteHealthy();
        }

        Assert.AreEqual(2, board.Files.Writes);
        board.Rebooter.Reboot("command");
        Assert.AreEqual(3, board.Files.Writes);
        board.Start();
        Assert.AreEqual(4, board.Files.Writes);
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_a_start_loses_that_start_at_most()
    {
        int steps = StepsOfAStart();
        for (int cut = 0; cut <= steps; cut++)
        {
            BootHarness board = new BootHarness().Start();
            board.Rebooter.Reboot("command");
            board.Files.PowerFor(cut);
            board.Start();
            MustBe(board, 2, "command");
            board.Files.PowerFor(int.MaxValue);
            board.Start();
            MustBe(board, cut < steps - 1 ? 2 : 3, cut < steps - 1 ? "command" : BootRecord.PowerOn);
            Assert.AreEqual(0, board.Log.Count);
            Assert.AreEqual(1, board.Files.Count);
        }
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_the_first_start_is_no_reason_to_fail()
    {
        int steps = StepsOfAStart();
        for (int cut = 0; cut <= steps; cut++)
        {
            BootHarness board = new BootHarness();
            board.Files.PowerFor(cut);
            board.Start();
            MustBe(board, 1, BootRecord.PowerOn);
            board.Files.PowerFor(int.MaxValue);
            board.Start();
            Assert.IsTrue(board.Record.Boots == 1 || board.Record.Boots == 2, cut.ToString());
            Assert.AreEqual(board.Record.Boots == 1 ? 1 : 0, board.Log.CountOf("counting from 1"));
            Assert.AreEqual(1, board.Files.Count);
        }
    }

    [TestMethod]
    public void A_power_cut_before_a_reboot_loses_the_reason_at_most()
    {
        BootHarness whole = new BootHarness().Start();
        whole.Files.PowerFor(int.MaxValue);
        whole.Rebooter.Reboot("command");
        int steps = whole.Files.Steps;
        for (int cut = 0; cut <= steps; cut++)
        {
            BootHarness board = new BootHarness().Start();
            board.Files.PowerFor(cut);
            board.Rebooter.Reboot("command");
            Assert.AreEqual(1, board.Board.Reboots);
            board.Files.PowerFor(int.MaxValue);
            board.Start();
            MustBe(board, 2, cut < steps - 1 ? BootRecord.PowerOn : "command");
        }
    }

    [TestMethod]
    public void A_record_that_is_cut_or_corrupt_is_begun_anew()
    {
        BootHarness board = new BootHarness().Start();
        board.Start();
        byte[] whole = board.Files.Get(BootRecord.FileName);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] cut = new byte[i];
            Array.Copy(whole, cut, i);
            MustBeginAnew(cut);
            byte[] flipped = new byte[whole.Length];
            Array.Copy(whole, flipped, whole.Length);
            flipped[i] ^= (byte)(1 << (i % 8));
            MustBeginAnew(flipped);
        }

        MustBeginAnew(Encoding.UTF8.GetBytes("{\"boots\":7}"));
    }

    [TestMethod]
    public void A_storage_that_fails_is_told_and_does_no_harm()
    {
        BootHarness board = new BootHarness();
        board.Files.Failure = new InvalidOperationException("I/O");
        board.Start();
        MustBe(board, 1, BootRecord.PowerOn);
        Assert.AreEqual("level=warning msg=\"boot record can not be used; counting from 1\" error=I/O\nlevel=warning msg=\"boot record could not be stored\"\n", board.Log.Text);
        board.Rebooter.Reboot("command");
        Assert.AreEqual("command", board.Board.RebootReason);
    }

    private static void MustBeginAnew(byte[] content)
    {
        BootHarness board = new BootHarness();
        board.Files.Put(BootRecord.FileName, content);
        board.Start();
        MustBe(board, 1, BootRecord.PowerOn);
        Assert.AreEqual(1, board.Log.CountOf("boot record can not be used; counting from 1"), board.Log.Text);
        board.Start();
        MustBe(board, 2, BootRecord.PowerOn);
    }

    private static int StepsOfAStart()
    {
        BootHarness board = new BootHarness().Start();
        board.Rebooter.Reboot("command");
        board.Files.PowerFor(int.MaxValue);
        board.Start();
        return board.Files.Steps;
    }

    private static void MustBe(BootHarness board, int boots, string reason)
    {
        Assert.AreEqual(boots, board.Record.Boots);
        Assert.AreEqual(reason, board.Record.LastReason);
        Assert.AreEqual(0, board.Record.RebootsInARow);
    }
}
