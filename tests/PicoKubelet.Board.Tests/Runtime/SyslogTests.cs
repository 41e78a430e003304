using System;
using System.Net;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Runtime;

[TestClass]
public class SyslogTests
{
    private static readonly DateTime Noon = new DateTime(2026, 1, 23, 12, 0, 0);

    [TestMethod]
    public void A_line_is_a_message_of_RFC_5424()
    {
        SyslogHarness board = new SyslogHarness("10.0.0.9");
        Syslog syslog = board.Syslog;
        TimeKeeper time = new TimeKeeper(board.Clock);
        Logger log = new Logger(new RecordingLog(), time) { Ring = board.Ring, Level = LogLevel.Debug };
        log.Info("starts", "version", "1");
        time.Set(Noon);
        log.Debug("d");
        log.Warn("w", "error", "a b");
        log.Error("e");

        syslog.Send();

        Assert.AreEqual("<30>1 - pico-1 picokubelet 7 - - level=info msg=starts version=1", board.Sockets.Datagrams[0]);
        Assert.IsTrue(board.Sockets.Datagrams[1].StartsWith("<31>1 2026-01-23T12:00:00.00"), board.Sockets.Datagrams[1]);
        Assert.IsTrue(board.Sockets.Datagrams[1].EndsWith("Z pico-1 picokubelet 7 - - level=debug msg=d"), board.Sockets.Datagrams[1]);
        Assert.IsTrue(board.Sockets.Datagrams[2].StartsWith("<28>1 2026-"), board.Sockets.Datagrams[2]);
        Assert.IsTrue(board.Sockets.Datagrams[2].EndsWith(" level=warning msg=w error=\"a b\""), board.Sockets.Datagrams[2]);
        Assert.IsTrue(board.Sockets.Datagrams[3].StartsWith("<27>1 2026-"), board.Sockets.Datagrams[3]);
        Assert.AreEqual(4, syslog.Sent);
        Assert.AreEqual(0, syslog.Failed);
        Assert.AreEqual("10.0.0.9:5140", board.Sockets.Datagrams.Peer.ToString());
        Assert.IsTrue(board.Sockets.Datagrams.IsClosed);
        Assert.AreEqual(0, board.Sockets.Lookups);
    }

    [TestMethod]
    public void What_was_sent_is_not_sent_again()
    {
        SyslogHarness board = new SyslogHarness("10.0.0.9");
        Syslog syslog = board.Syslog;
        board.Ring.WriteLine("level=info msg=one", Noon);
        syslog.Send();
        syslog.Send();
        board.Ring.WriteLine("level=info msg=two", Noon);
        syslog.Send();

        Assert.AreEqual(2, board.Sockets.Datagrams.Count);
        Assert.IsTrue(board.Sockets.Datagrams[1].EndsWith("msg=two"));
    }

    [TestMethod]
    [DataRow(340)]
    [DataRow(438)]
    [DataRow(439)]
    [DataRow(440)]
    [DataRow(441)]
    [DataRow(1000)]
    public void A_long_line_is_one_message_cut_between_characters(int length)
    {
        SyslogHarness board = new SyslogHarness("10.0.0.9");
        Syslog syslog = board.Syslog;
        string line = new string('x', length % 2) + new string('\u00e9', length / 2);
        board.Ring.WriteLine(line, default(DateTime));
        syslog.Send();

        string head = "<30>1 - pico-1 picokubelet 7 - - ";
        Assert.AreEqual(1, board.Sockets.Datagrams.Count);
        int room = Syslog.MaxMessageBytes - head.Length;
        int characters = length <= room ? line.Length : (length % 2) + ((room - (length % 2)) / 2);
        Assert.AreEqual(head + line.Substring(0, characters), board.Sockets.Datagrams[0]);
    }

    [TestMethod]
    public void What_can_not_be_sent_waits_and_is_no_line_of_the_log()
    {
        SyslogHarness board = new SyslogHarness("10.0.0.9");
        Syslog syslog = board.Syslog;
        board.Ring.WriteLine("level=info msg=one", Noon);
        board.Ring.WriteLine("level=info msg=two", Noon);
        board.Sockets.Datagrams.Room = 1;
        syslog.Send();
        Assert.AreEqual(1, syslog.Failed);
        Assert.AreEqual(2, board.Ring.Lines);

        board.Sockets.Datagrams.Room = int.MaxValue;
        syslog.Send();
        Assert.AreEqual(1, board.Sockets.Datagrams.Count, "too early");
        board.Clock.Advance(60000);
        board.Sockets.Failure = new InvalidOperationException("no socket is free");
        syslog.Send();
        Assert.AreEqual(2, syslog.Failed);
        board.Clock.Advance(60000);
        board.Sockets.Failure = null;
        syslog.Send();

        Assert.AreEqual(2, board.Sockets.Datagrams.Count);
        Assert.IsTrue(board.Sockets.Datagrams[1].EndsWith("msg=two"));
        Assert.AreEqual(0, syslog.Lost);
        Assert.IsTrue(board.Sockets.Datagrams.IsClosed);
    }

    [TestMethod]
    public void What_the_ring_has_no_more_is_counted_as_lost()
    {
        SyslogHarness board = new SyslogHarness("10.0.0.9");
        Syslog syslog = board.Syslog;
        for (int i = 0; i < 200; i++)
        {
            board.Ring.WriteLine("level=info msg=something number=" + i.ToString() + " of=200 and=more", Noon);
        }

        syslog.Send();

        Assert.IsTrue(syslog.Sent > 20 && syslog.Sent < 60, syslog.Sent.ToString());
        Assert.AreEqual(200, syslog.Sent + syslog.Lost);
    }

    [TestMethod]
    public void A_name_is_asked_for_each_ten_minutes_and_after_a_failure()
    {
        SyslogHarness board = new SyslogHarness("logs.local");
        Syslog syslog = board.Syslog;
        for (int i = 0; i < 3; i++)
        {
            board.Ring.WriteLine("level=info msg=one", Noon);
            syslog.Send();
        }

        Assert.AreEqual(1, board.Sockets.Lookups);
        Assert.AreEqual("127.0.0.1:5140", board.Sockets.Datagrams.Peer.ToString());
        board.Clock.Advance(600000);
        board.Ring.WriteLine("level=info msg=one", Noon);
        board.Sockets.Datagrams.Room = 0;
        syslog.Send();
        Assert.AreEqual(2, board.Sockets.Lookups);
        board.Clock.Advance(60000);
        syslog.Send();
        Assert.AreEqual(3, board.Sockets.Lookups);
    }

    [TestMethod]
    public void A_name_without_an_address_fails_and_throws_nothing()
    {
        SyslogHarness board = new SyslogHarness("nobody");
        Syslog syslog = board.Syslog;
        board.Ring.WriteLine("level=info msg=one", Noon);
        syslog.Send();
        syslog.Send();

        Assert.AreEqual(1, syslog.Failed);
        Assert.AreEqual(1, board.Sockets.Lookups);
    }
}
