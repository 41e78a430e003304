using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Logging;

[TestClass]
public class LoggerTests
{
    [TestMethod]
    public void A_line_is_logfmt()
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Logger.Info("node created", "node", "pico-1", "address", "10.0.0.1");
        Assert.AreEqual("level=info msg=\"node created\" node=pico-1 address=10.0.0.1", harness.Log.LastLine);

        harness.Logger.Warn("slow");
        Assert.AreEqual("level=warning msg=slow", harness.Log.LastLine);

        harness.Logger.Error("failed", "error", null);
        Assert.AreEqual("level=error msg=failed error=\"\"", harness.Log.LastLine);

        harness.Logger.Info("", "a", "");
        Assert.AreEqual("level=info msg=\"\" a=\"\"", harness.Log.LastLine);

        harness.Logger.Warn("m", null, "dropped", "b", "2");
        Assert.AreEqual("level=warning msg=m b=2", harness.Log.LastLine);
    }

    [TestMethod]
    public void A_line_has_a_time_once_there_is_one()
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Time.Set(new DateTime(2026, 1, 3, 4, 5, 6));

        harness.Logger.Info("m");

        Assert.AreEqual("time=2026-01-03T04:05:06Z level=info msg=m", harness.Log.LastLine);
    }

    [TestMethod]
    [DataRow("plain-1.2/3:4", "plain-1.2/3:4")]
    [DataRow("caf\u00E9", "caf\u00E9")]
    [DataRow("a b", "\"a b\"")]
    [DataRow("a=b", "\"a=b\"")]
    [DataRow("a\"b", "\"a\\\"b\"")]
    [DataRow("a\\b", "\"a\\\\b\"")]
    [DataRow("\"", "\"\\\"\"")]
    [DataRow("a\nlevel=error msg=forged", "\"a level=error msg=forged\"")]
    [DataRow("a\r\nb", "\"a  b\"")]
    [DataRow("a\tb\u0001\u001B[31m\u007F", "\"a b  [31m \"")]
    public void What_a_peer_sent_stays_one_value_on_one_line(string value, string expected)
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Logger.Info("m", "k", value);
        Assert.AreEqual("level=info msg=m k=" + expected, harness.Log.LastLine);

        harness.Logger.Info(value, "k", "v");
        Assert.AreEqual("level=info msg=" + expected + " k=v", harness.Log.LastLine);

        harness.Logger.Info("m", "k", "v", "l", value);
        Assert.AreEqual("level=info msg=m k=v l=" + expected, harness.Log.LastLine);
    }

    [TestMethod]
    [DataRow(0, 4)]
    [DataRow(1, 3)]
    [DataRow(2, 2)]
    [DataRow(3, 1)]
    public void Lines_below_the_level_are_left_out(int level, int count)
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Logger.Level = (LogLevel)level;

        harness.Logger.Debug("d");
        harness.Logger.Info("i");
        harness.Logger.Warn("w");
        harness.Logger.Error("e");

        Assert.AreEqual(count, harness.Log.Count);
        Assert.AreEqual("level=error msg=e", harness.Log.LastLine);
        Assert.AreEqual((int)LogLevel.Error, (int)harness.Log.LastLevel);
        Assert.AreEqual(level == 0 ? 1 : 0, harness.Log.CountOf("level=debug msg=d"));
    }

    [TestMethod]
    public void The_level_is_info_by_default()
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Logger.Debug("d");

        Assert.AreEqual(0, harness.Log.Count);
        Assert.AreEqual((int)LogLevel.Info, (int)harness.Logger.Level);
    }

    [TestMethod]
    public void A_sink_that_throws_ends_nothing()
    {
        LoggerHarness harness = new LoggerHarness();
        harness.Log.Failure = new InvalidOperationException("disk full");

        harness.Logger.Warn("something");
        Utf8Writer line = new Utf8Writer(100);
        harness.Logger.Begin(line, LogLevel.Info, "request");
        harness.Logger.Write(LogLevel.Info, line);

        Assert.AreEqual(2, harness.Logger.Lost);
        harness.Log.Failure = null;
        harness.Logger.Info("again");
        Assert.AreEqual("level=info msg=again", harness.Log.LastLine);
    }
}
