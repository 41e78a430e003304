using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Logging;

[TestClass]
public class LogFileTests
{
    private const int Capacity = 256;

    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(40)]
    [DataRow(43)]
    public void Lines_are_there_after_a_reboot_and_the_ring_goes_on(int count)
    {
        FakeFiles files = new FakeFiles();
        LogRing ring = new LogRing(Capacity, true);
        for (int i = 0; i < count; i++)
        {
            ring.WriteLine("line " + i.ToString(), Noon);
        }

        string before = TextOf(ring, 0);
        long end = ring.End;
        Assert.IsTrue(NewFile(files, ring).Save());
        string after = count == 0 ? "" : TextOf(Reload(files), 0);

        Assert.AreEqual(before, after);
        Assert.AreEqual(before, TextOf(ring, 0));
        for (int i = 0; i < 30; i++)
        {
            ring.WriteLine("more " + i.ToString(), Noon);
        }

        Assert.IsTrue(TextOf(ring, 0).EndsWith("more 28\nmore 29\n"));
        Assert.IsTrue(ring.Start > end && ring.End - ring.Start <= Capacity);
        Assert.IsTrue(NewFile(files, ring).Save());
        Assert.AreEqual(TextOf(ring, 0), TextOf(Reload(files), 0));
    }

    [TestMethod]
    public void A_reader_stays_where_it_is_while_the_ring_is_stored()
    {
        LogRing ring = new LogRing(Capacity, true);
        for (int i = 0; i < 33; i++)
        {
            ring.WriteLine("line " + i.ToString(), Noon);
        }

        long position = ring.End;
        NewFile(new FakeFiles(), ring).Save();
        ring.WriteLine("next", Noon);

        Assert.AreEqual("next\n", TextOf(ring, position));
    }

    [TestMethod]
    public void A_power_cut_anywhere_leaves_the_lines_of_before_or_the_new_ones()
    {
        string old = TextOf(Reload(Stored("old", int.MaxValue)), 0);
        FakeFiles whole = Stored("old", int.MaxValue);
        whole.PowerFor(int.MaxValue);
        Store(whole, "new");
        int steps = whole.Steps;
        int kept = 0;
        for (int cut = 0; cut <= steps; cut++)
        {
            FakeFiles files = Stored("old", int.MaxValue);
            files.PowerFor(cut);
            bool isStored = Store(files, "new");
            files.PowerFor(int.MaxValue);
            string text = TextOf(Reload(files), 0);
            Assert.IsTrue(text == old || text == "new\n", cut.ToString());
            Assert.IsTrue(!isStored || text == "new\n", cut.ToString());
            kept += text == old ? 1 : 0;
        }

        Assert.IsTrue(kept > 0 && kept < steps);
    }

    [TestMethod]
    public void A_power_cut_in_the_first_write_leaves_no_lines_rather_than_torn_ones()
    {
        FakeFiles whole = Stored("new", int.MaxValue);
        for (int cut = 0; cut < whole.Steps; cut++)
        {
            LogRing lines = Reload(Stored("new", cut));
            Assert.IsTrue(lines == null || TextOf(lines, 0) == "new\n", cut.ToString());
        }
    }

    [TestMethod]
    public void A_file_that_is_cut_or_corrupt_has_no_lines()
    {
        byte[] whole = Stored("new", int.MaxValue).Get(LogFile.FileName);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] cut = new byte[i];
            Array.Copy(whole, cut, i);
            MustHaveNone(cut);
            byte[] flipped = new byte[whole.Length];
            Array.Copy(whole, flipped, whole.Length);
            flipped[i] ^= (byte)(1 << (i % 8));
            MustHaveNone(flipped);
        }

        MustHaveNone(Encoding.UTF8.GetBytes("just some text that somebody put there"));
        MustHaveNone(new byte[2 * Capacity]);
    }

    [TestMethod]
    public void A_storage_that_fails_does_no_harm()
    {
        FakeFiles files = new FakeFiles { Failure = new InvalidOperationException("I/O") };

        Assert.IsFalse(Store(files, "new"));
        Assert.IsNull(Reload(files));
    }

    [TestMethod]
    public void A_reboot_keeps_its_own_last_line_and_a_fault_is_written_once_a_start()
    {
        FakeFiles files = new FakeFiles();
        ManualClock clock = new ManualClock();
        LogRing ring = new LogRing(Capacity, true);
        Logger log = new Logger(new RecordingLog(), new TimeKeeper(clock)) { Ring = ring };
        FakeBoard board = new FakeBoard();
        BootRecord record = new BootRecord(new AtomicStorage(files), log);
        record.Begin();
        Rebooter rebooter = new Rebooter(board, clock, record, log, NewFile(files, ring));
        int writes = files.Writes;

        for (int i = 0; i < 5; i++)
        {
            rebooter.TryReboot("out of memory");
            rebooter.NoteHealthy();
        }

        Assert.AreEqual(writes + 1, files.Writes);
        Assert.IsTrue(TextOf(Reload(files), 0).EndsWith("level=warning msg=\"a reboot is due, and waits\" reason=\"out of memory\"\n"));

        clock.Advance(Rebooter.FirstUptime);
        rebooter.TryReboot("out of memory");

        Assert.AreEqual(1, board.Reboots);
        Assert.IsTrue(TextOf(Reload(files), 0).EndsWith("level=warning msg=rebooting reason=\"out of memory\"\n"));
    }

    [TestMethod]
    public void A_logger_keeps_lines_without_their_time_but_for_requests_and_what_is_for_the_board_alone()
    {
        TimeKeeper time = new TimeKeeper(new ManualClock());
        RecordingLog output = new RecordingLog();
        LogRing ring = new LogRing(Capacity, true);
        Logger log = new Logger(output, time) { Ring = ring };
        byte[] secret = Encoding.UTF8.GetBytes("hunter2-hunter2");
        log.Secrets.Add(secret, 0, secret.Length);
        log.Info("early", "token", "hunter2-hunter2");
        time.Set(Noon);
        log.InfoAtTheBoard("open", "ssid", "pico", "password", "mnbvcxz");
        Utf8Writer line = new Utf8Writer(64);
        log.Begin(line, LogLevel.Info, "request");
        log.Write(LogLevel.Info, line);
        log.Debug("not at this level");
        output.Failure = new InvalidOperationException("no output");
        log.Warn("late");

        Assert.AreEqual("level=info msg=early token=***\nlevel=warning msg=late\n", TextOf(ring, 0));
        Assert.AreEqual(1, output.CountOf("msg=open ssid=pico password=mnbvcxz"));
        Assert.AreEqual(1, output.CountOf("msg=request"));
    }

    private static LogFile NewFile(FakeFiles files, LogRing ring)
    {
        return new LogFile(new AtomicStorage(files), ring);
    }

    private static LogRing Reload(FakeFiles files)
    {
        return NewFile(files, new LogRing(Capacity, true)).Load();
    }

    private static bool Store(FakeFiles files, string text)
    {
        LogRing ring = new LogRing(Capacity, true);
        ring.WriteLine(text, Noon);
        return NewFile(files, ring).Save();
    }

    private static FakeFiles Stored(string text, int power)
    {
        FakeFiles files = new FakeFiles();
        files.PowerFor(power);
        Store(files, text);
        return files;
    }

    private static void MustHaveNone(byte[] content)
    {
        FakeFiles files = new FakeFiles();
        files.Put(LogFile.FileName, content);
        Assert.IsNull(Reload(files), content.Length.ToString());
    }

    private static string TextOf(LogRing log, long position)
    {
        string text = "";
        byte[] line = new byte[LogRing.MaxLineBytes];
        int length;
        while ((length = log.Read(ref position, line, out _, out bool endsLine)) >= 0)
        {
            text += (length == 0 ? "" : Encoding.UTF8.GetString(line, 0, length)) + (endsLine ? "\n" : "");
        }

        return text;
    }
}
