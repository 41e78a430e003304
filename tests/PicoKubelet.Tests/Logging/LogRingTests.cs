using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;

namespace PicoKubelet.Tests.Logging;

[TestClass]
public class LogRingTests
{
    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    [TestMethod]
    public void Lines_AreKeptWithTheirTimes()
    {
        LogRing log = new LogRing(200);
        Write(log, "one\ntw");
        log.Write(Encoding.UTF8.GetBytes("o\nthree"), 7, Noon.AddSeconds(1));
        log.EndLine(Noon.AddSeconds(2));

        Assert.AreEqual("one\ntwo\nthree", TextOf(log));
        long position = 0;
        byte[] line = new byte[LogRing.MaxLineBytes];
        log.Read(ref position, line, out long first, out _);
        log.Read(ref position, line, out long second, out _);
        Assert.IsTrue(first == Noon.Ticks && second == Noon.AddSeconds(1).Ticks);
    }

    [TestMethod]
    public void OldestLines_GoFirst_AndAReaderGoesOnBehindThem()
    {
        LogRing log = new LogRing(64);
        long position = 0;
        byte[] line = new byte[LogRing.MaxLineBytes];
        for (int i = 0; i < 50; i++)
        {
            Write(log, "line " + i.ToString() + "\n");
        }

        Assert.AreEqual("line 47\nline 48\nline 49\n", TextOf(log));
        Assert.AreEqual(7, log.Read(ref position, line, out _, out _));
        Assert.AreEqual("line 47", Encoding.UTF8.GetString(line, 0, 7));
    }

    [TestMethod]
    public void LongLine_ComesInPieces()
    {
        LogRing log = new LogRing(1024);
        Write(log, new string('x', 300) + "\n");

        Assert.AreEqual(new string('x', 300) + "\n", TextOf(log));
    }

    [TestMethod]
    public void WholeLine_EndsAPieceThatWaits()
    {
        LogRing log = new LogRing(200);
        Write(log, "begun");
        log.WriteLine("whole", Noon);

        Assert.AreEqual("begunwhole\n", TextOf(log));
        Assert.AreEqual(1, log.Lines);
    }

    [TestMethod]
    public void WholeLine_OfALineFeedAlone_IsNone()
    {
        LogRing log = new LogRing(200);
        log.WriteLine("", Noon);

        Assert.AreEqual("\n", TextOf(log));
    }

    [TestMethod]
    public void LineWithoutATime_IsTold()
    {
        LogRing log = new LogRing(200);
        log.WriteLine("early", default(DateTime));
        log.WriteLine("late", Noon);
        long position = 0;
        byte[] line = new byte[LogRing.MaxLineBytes];

        log.Read(ref position, line, out long first, out _);
        log.Read(ref position, line, out long second, out _);

        Assert.IsFalse(LogRing.IsTime(first));
        Assert.IsTrue(LogRing.IsTime(second));
    }

    /// <summary>Gets what a ring holds, as text.</summary>
    private static string TextOf(LogRing log)
    {
        string text = "";
        long position = 0;
        byte[] line = new byte[LogRing.MaxLineBytes];
        int length;
        while ((length = log.Read(ref position, line, out _, out bool endsLine)) >= 0)
        {
            text += (length == 0 ? "" : Encoding.UTF8.GetString(line, 0, length)) + (endsLine ? "\n" : "");
        }

        return text;
    }

    private static void Write(LogRing log, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        log.Write(bytes, bytes.Length, Noon);
    }
}
