using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;

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
    [DataRow("command", "command")]
    [DataRow("loop node is stuck", "stuck")]
    [DataRow("thread port is stuck", "stuck")]
    [DataRow("out of memory", "out_of_memory")]
    [DataRow("little memory is free", "out_of_memory")]
    [DataRow("API server silent for a day", "api_server_silent")]
    [DataRow("unhandled exception", "exception")]
    [DataRow("settings changed", "settings_changed")]
    [DataRow("access point opens", "provisioning")]
    [DataRow("access point closed", "provisioning")]
    [DataRow("provisioned", "provisioning")]
    [DataRow("network is away", "provisioning")]
    [DataRow("network is back", "provisioning")]
    [DataRow("setup page fails", "exception")]
    [DataRow("safe mode ends", "safe_mode_ended")]
    [DataRow("of another version", "other")]
    public void Starts_are_counted_by_kind_of_reason(string reason, string name)
    {
        BootHarness board = new BootHarness().Start();
        board.Rebooter.Reboot(reason);
        board.Start();
        board.Start();

        for (int kind = 0; kind < RestartReason.Count; kind++)
        {
            int expected = kind == RestartReason.Unexpected ? 2 : RestartReason.NameOf(kind) == name ? 1 : 0;
            Assert.AreEqual(expected, board.Record.Restarts(kind), RestartReason.NameOf(kind));
        }
    }

    [TestMethod]
    public void A_record_with_the_largest_numbers_is_stored_and_read()
    {
        BootHarness board = new BootHarness();
        string numbers = int.MaxValue.ToString();
        string list = numbers;
        for (int kind = 1; kind < RestartReason.Count; kind++)
        {
            list += "," + numbers;
        }

        // One kind more than is known: another version's.
        board.Files.Put(BootRecord.FileName, Sealed("{\"boots\":" + numbers + ",\"inARow\":" + numbers + ",\"short\":11,\"restarts\":[" + list + ",7],\"reason\":null}"));
        board.Start();
        Assert.AreEqual(0, board.Log.Count, board.Log.Text);
        Assert.AreEqual(1, board.Record.Restarts(RestartReason.Unexpected));
        Assert.AreEqual(int.MaxValue, board.Record.Restarts(RestartReason.Other));
        string reason = new string('x', 64);
        board.Rebooter.Reboot(reason);
        board.Start();
        Assert.AreEqual(reason, board.Record.LastReason);
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

    private static byte[] Sealed(string document)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        byte[] file = new byte[SealedFile.HeadBytes + bytes.Length];
        Array.Copy(bytes, 0, file, SealedFile.HeadBytes, bytes.Length);
        SealedFile.WriteHead(Crc32.Update(Crc32.Start, bytes, 0, bytes.Length), file, 0);
        return file;
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
        int starts = 0;
        for (int kind = 0; kind < RestartReason.Count; kind++)
        {
            starts += board.Record.Restarts(kind);
        }

        Assert.AreEqual(boots, starts);
    }
}
