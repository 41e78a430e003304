using System;
using nanoFramework.TestFramework;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Text;

[TestClass]
public class Utf8WriterTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("aZ~", "615a7e")]
    [DataRow("\u007F\u0080\u07FF", "7fc280dfbf")]
    [DataRow("\u0800\uFFFD", "e0a080efbfbd")]
    [DataRow("\U00010000\U0010FFFF", "f0908080f48fbfbf")]
    public void Write_encodes_text_as_utf8(string text, string expected)
    {
        Utf8Writer writer = new Utf8Writer(16);

        writer.Write(text);

        Assert.AreEqual(expected, Bytes.ContentAsHex(writer));
        Assert.IsFalse(writer.Overflowed);
    }

    [TestMethod]
    public void Write_of_null_writes_nothing()
    {
        Utf8Writer writer = new Utf8Writer(4);

        writer.Write(null);

        Assert.AreEqual(0, writer.Length);
    }

    [TestMethod]
    [DataRow(0L, "0")]
    [DataRow(9L, "9")]
    [DataRow(10L, "10")]
    [DataRow(-1L, "-1")]
    [DataRow(1234567890123L, "1234567890123")]
    [DataRow(long.MaxValue, "9223372036854775807")]
    [DataRow(long.MinValue, "-9223372036854775808")]
    public void Write_writes_numbers_in_decimal(long number, string expected)
    {
        Utf8Writer writer = new Utf8Writer(20);

        writer.Write(number);

        Assert.AreEqual(expected, Bytes.Content(writer));
    }

    [TestMethod]
    [DataRow(7, 2, "07")]
    [DataRow(0, 4, "0000")]
    [DataRow(123, 2, "123")]
    [DataRow(5, 0, "5")]
    [DataRow(-5, 3, "-005")]
    public void WritePadded_puts_zeros_in_front(int number, int digits, string expected)
    {
        Utf8Writer writer = new Utf8Writer(8);

        writer.WritePadded(number, digits);

        Assert.AreEqual(expected, Bytes.Content(writer));
    }

    [TestMethod]
    public void Writes_follow_each_other()
    {
        Utf8Writer writer = new Utf8Writer(new byte[16]);

        writer.Write("a");
        writer.WriteByte((byte)'b');
        writer.Write(Bytes.FromHex("00636400"), 1, 2);
        writer.Write(5);

        Assert.AreEqual("abcd5", Bytes.Content(writer));
    }

    [TestMethod]
    public void Reset_leaves_room_in_front()
    {
        Utf8Writer writer = new Utf8Writer(8);
        writer.Write("12345678");

        writer.Reset(6);
        writer.Write("ab");

        Assert.AreEqual(6, writer.Start);
        Assert.AreEqual(2, writer.Length);
        Assert.AreEqual("ab", Bytes.Content(writer));
        Assert.IsFalse(writer.Overflowed);
    }

    [TestMethod]
    public void Reset_refuses_a_start_outside_of_the_buffer()
    {
        Utf8Writer writer = new Utf8Writer(8);

        Assert.ThrowsException(typeof(ArgumentException), () => writer.Reset(9));
        Assert.ThrowsException(typeof(ArgumentException), () => writer.Reset(-1));
    }

    [TestMethod]
    [DataRow("12345678", true)]
    [DataRow("123456789", false)]
    [DataRow("123456\u00E9", true)]
    [DataRow("1234567\u00E9", false)]
    [DataRow("12345\u20AC", true)]
    [DataRow("123456\u20AC", false)]
    [DataRow("1234\U0001F600", true)]
    [DataRow("12345\U0001F600", false)]
    public void Text_fits_whole_or_not_at_all(string text, bool fits)
    {
        Utf8Writer writer = new Utf8Writer(8);

        writer.Write(text);

        Assert.AreEqual(!fits, writer.Overflowed);
        Assert.AreEqual(fits ? text : "", Bytes.Content(writer));
    }

    [TestMethod]
    public void Each_kind_of_write_fits_whole_or_not_at_all()
    {
        Utf8Writer writer = new Utf8Writer(4);

        writer.Write(1234);
        Assert.IsFalse(writer.Overflowed);
        writer.WriteByte((byte)'x');
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual("1234", Bytes.Content(writer));

        writer.Reset();
        writer.Write(-1234);
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Length);

        writer.Reset();
        writer.WritePadded(1, 5);
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Length);

        writer.Reset();
        writer.Write(new byte[5], 0, 5);
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Length);
    }

    [TestMethod]
    public void Nothing_is_written_after_an_overflow_until_a_reset()
    {
        Utf8Writer writer = new Utf8Writer(4);

        writer.Write("12345");
        writer.Write("1");
        writer.Write(1);
        writer.WriteByte(1);
        writer.Write(new byte[1], 0, 1);

        Assert.AreEqual(0, writer.Length);
        Assert.IsTrue(writer.Overflowed);

        writer.Reset();
        writer.Write("1234");

        Assert.AreEqual("1234", Bytes.Content(writer));
        Assert.IsFalse(writer.Overflowed);
    }
}
