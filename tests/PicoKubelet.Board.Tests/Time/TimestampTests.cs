using System;
using nanoFramework.TestFramework;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class TimestampTests
{
    [TestMethod]
    [DataRow("2026-01-23T10:30:00Z", 2026, 1, 23, 10, 30, 0)]
    [DataRow("1970-01-01T00:00:00Z", 1970, 1, 1, 0, 0, 0)]
    [DataRow("2024-02-29T23:59:59Z", 2024, 2, 29, 23, 59, 59)]
    [DataRow("1999-12-31T01:02:03Z", 1999, 12, 31, 1, 2, 3)]
    public void A_time_is_written_and_read(string text, int year, int month, int day, int hour, int minute, int second)
    {
        DateTime utc = new DateTime(year, month, day, hour, minute, second);
        Utf8Writer output = new Utf8Writer(40);
        Timestamp.Write(output, utc);
        Assert.AreEqual(text, Bytes.Content(output));

        DateTime read;
        Assert.IsTrue(Timestamp.TryParse(text, out read));
        Assert.AreEqual(utc, read);
    }

    [TestMethod]
    [DataRow(0, "2026-01-23T10:30:00.000000Z")]
    [DataRow(9, "2026-01-23T10:30:00.000000Z")]
    [DataRow(10, "2026-01-23T10:30:00.000001Z")]
    [DataRow(1230000, "2026-01-23T10:30:00.123000Z")]
    [DataRow(9999999, "2026-01-23T10:30:00.999999Z")]
    [DataRow(10000000, "2026-01-23T10:30:01.000000Z")]
    public void A_MicroTime_has_six_digits(int ticks, string expected)
    {
        Utf8Writer output = new Utf8Writer(40);

        Timestamp.WriteMicro(output, new DateTime(2026, 1, 23, 10, 30, 0).AddTicks(ticks));

        Assert.AreEqual(expected, Bytes.Content(output));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("2026-01-23T10:30:00")]
    [DataRow("2026-01-23T10:30:00z")]
    [DataRow("2026-01-23 10:30:00Z")]
    [DataRow("2026-01-23T10:30:00.5Z")]
    [DataRow("2026-01-23T10:30:0xZ")]
    [DataRow("2026-00-23T10:30:00Z")]
    [DataRow("2026-13-23T10:30:00Z")]
    [DataRow("2026-01-00T10:30:00Z")]
    [DataRow("2026-01-32T10:30:00Z")]
    [DataRow("2026-02-29T10:30:00Z")]
    [DataRow("2026-04-31T10:30:00Z")]
    [DataRow("2026-01-23T24:00:00Z")]
    [DataRow("2026-01-23T10:60:00Z")]
    [DataRow("2026-01-23T10:30:60Z")]
    [DataRow("2026-01-23T-1:30:00Z")]
    [DataRow("0001-01-01T00:00:00Z")]
    [DataRow("1600-12-31T23:59:59Z")]
    [DataRow("3000-01-01T00:00:00Z")]
    public void Anything_else_is_no_time(string text)
    {
        DateTime utc;
        Assert.IsFalse(Timestamp.TryParse(text, out utc));
        Assert.AreEqual(default(DateTime), utc);
    }

    [TestMethod]
    public void Nothing_is_no_time()
    {
        Anything_else_is_no_time(null);
    }

    [TestMethod]
    [DataRow("Jan", 1)]
    [DataRow("Feb", 2)]
    [DataRow("Mar", 3)]
    [DataRow("Apr", 4)]
    [DataRow("May", 5)]
    [DataRow("Jun", 6)]
    [DataRow("Jul", 7)]
    [DataRow("Aug", 8)]
    [DataRow("Sep", 9)]
    [DataRow("Oct", 10)]
    [DataRow("Nov", 11)]
    [DataRow("Dec", 12)]
    public void A_Date_header_is_read(string name, int month)
    {
        DateTime utc;
        Assert.IsTrue(Timestamp.TryParseHttpDate("Sun, 06 " + name + " 1994 08:49:37 GMT", out utc));
        Assert.AreEqual(new DateTime(1994, month, 6, 8, 49, 37), utc);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Sunday, 06-Nov-94 08:49:37 GMT")]
    [DataRow("Sun Nov  6 08:49:37 1994")]
    [DataRow("Sun, 06 Nov 1994 08:49:37 UTC")]
    [DataRow("Sun, 06 nov 1994 08:49:37 GMT")]
    [DataRow("Sun, 06 ovD 1994 08:49:37 GMT")]
    [DataRow("Sun, 06 Xxx 1994 08:49:37 GMT")]
    [DataRow("Sun, 31 Nov 1994 08:49:37 GMT")]
    [DataRow("Sun, 06 Nov 1994 08:49:60 GMT")]
    [DataRow("Sun, 06 Nov 1994 08-49-37 GMT")]
    [DataRow("Sun, 6  Nov 1994 08:49:37 GMT")]
    public void Any_other_Date_is_none(string text)
    {
        DateTime utc;
        Assert.IsFalse(Timestamp.TryParseHttpDate(text, out utc));
    }

    [TestMethod]
    public void Nothing_is_no_Date()
    {
        Any_other_Date_is_none(null);
    }
}
