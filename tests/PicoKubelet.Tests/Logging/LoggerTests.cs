using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Logging;

[TestClass]
public class LoggerTests
{
    private readonly RecordingLog _log = new RecordingLog();
    private readonly TimeKeeper _time;
    private readonly Logger _logger;

    public LoggerTests()
    {
        _time = new TimeKeeper(new ManualClock());
        _logger = new Logger(_log, _time);
    }

    [TestMethod]
    public void A_line_is_logfmt()
    {
        _logger.Info("node created", "node", "pico-1", "address", "10.0.0.1");
        Assert.AreEqual("level=info msg=\"node created\" node=pico-1 address=10.0.0.1", _log.LastLine);

        _logger.Warn("slow");
        Assert.AreEqual("level=warning msg=slow", _log.LastLine);

        _logger.Error("failed", "error", null);
        Assert.AreEqual("level=error msg=failed error=\"\"", _log.LastLine);

        _logger.Info("", "a", "");
        Assert.AreEqual("level=info msg=\"\" a=\"\"", _log.LastLine);

        _logger.Warn("m", null, "dropped", "b", "2");
        Assert.AreEqual("level=warning msg=m b=2", _log.LastLine);
    }

    [TestMethod]
    public void A_line_has_a_time_once_there_is_one()
    {
        _time.Set(new DateTime(2026, 1, 3, 4, 5, 6));

        _logger.Info("m");

        Assert.AreEqual("time=2026-01-03T04:05:06Z level=info msg=m", _log.LastLine);
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
        _logger.Info("m", "k", value);
        Assert.AreEqual("level=info msg=m k=" + expected, _log.LastLine);

        _logger.Info(value, "k", "v");
        Assert.AreEqual("level=info msg=" + expected + " k=v", _log.LastLine);

        _logger.Info("m", "k", "v", "l", value);
        Assert.AreEqual("level=info msg=m k=v l=" + expected, _log.LastLine);
    }

    [TestMethod]
    [DataRow(0, 4)]
    [DataRow(1, 3)]
    [DataRow(2, 2)]
    [DataRow(3, 1)]
    public void Lines_below_the_level_are_left_out(int level, int count)
    {
        _logger.Level = (LogLevel)level;

        _logger.Debug("d");
        _logger.Info("i");
        _logger.Warn("w");
        _logger.Error("e");

        Assert.AreEqual(count, _log.Count);
        Assert.AreEqual("level=error msg=e", _log.LastLine);
        Assert.AreEqual((int)LogLevel.Error, (int)_log.LastLevel);
        Assert.AreEqual(level == 0 ? 1 : 0, _log.CountOf("level=debug msg=d"));
    }

    [TestMethod]
    public void The_level_is_info_by_default()
    {
        _logger.Debug("d");

        Assert.AreEqual(0, _log.Count);
        Assert.AreEqual((int)LogLevel.Info, (int)_logger.Level);
    }
}
