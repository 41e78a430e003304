using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Programs;
using PicoKubelet.Tests.Pods;

namespace PicoKubelet.Tests.Programs;

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

        Assert.AreEqual("one\ntwo\nthree", PodHarness.TextOf(log));
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

        Assert.AreEqual("line 47\nline 48\nline 49\n", PodHarness.TextOf(log));
        Assert.AreEqual(7, log.Read(ref position, line, out _, out _));
        Assert.AreEqual("line 47", Encoding.UTF8.GetString(line, 0, 7));
    }

    [TestMethod]
    public void LongLine_ComesInPieces()
    {
        LogRing log = new LogRing(1024);
        Write(log, new string('x', 300) + "\n");

        Assert.AreEqual(new string('x', 300) + "\n", PodHarness.TextOf(log));
    }

    [TestMethod]
    public void Base64_IsDecodedInPieces()
    {
        AreDecoded("", "");
        AreDecoded("Zg==", "f");
        AreDecoded("Zm8=", "fo");
        AreDecoded("Zm9v", "foo");
        AreDecoded("Zm9vYmFy", "foobar");
        Assert.IsNull(Decode("Zg"));
        Assert.IsNull(Decode("Z"));
        Assert.IsNull(Decode("Zg==Zg=="));
        Assert.IsNull(Decode("Zm 9"));
    }

    private static void AreDecoded(string base64, string expected)
    {
        Assert.AreEqual(expected, Decode(base64), base64);
    }

    private static string Decode(string base64)
    {
        ProgramBytes program = new ProgramBytes(100);
        Base64Program decoder = new Base64Program(program);
        byte[] bytes = Encoding.UTF8.GetBytes(base64);
        for (int i = 0; i < bytes.Length; i++)
        {
            decoder.Write(bytes, i, 1);
        }

        if (!decoder.End())
        {
            return null;
        }

        byte[] decoded = new byte[100];
        int length = program.Open().Read(decoded, 0, 100);
        return length == 0 ? "" : Encoding.UTF8.GetString(decoded, 0, length);
    }

    private static void Write(LogRing log, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        log.Write(bytes, bytes.Length, Noon);
    }
}
