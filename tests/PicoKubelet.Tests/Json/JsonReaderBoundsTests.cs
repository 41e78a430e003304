using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Json;

/// <summary>What is kept of names, strings and numbers.</summary>
[TestClass]
public class JsonReaderBoundsTests
{
    [TestMethod]
    [DataRow("a\u00E9b\u20ACc\U0001F600d")]
    [DataRow("\U0001F600\U0001F600")]
    [DataRow("\u20AC\u20AC")]
    [DataRow("\u00E9\u00E9\u00E9")]
    [DataRow("abcdefgh")]
    public void A_token_is_kept_up_to_the_last_character_that_fits(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int size = 0; size <= bytes.Length + 1; size++)
        {
            JsonReader reader = new JsonReader(64, size);
            reader.Reset(new PiecewiseSource("[\"" + text + "\"]"));
            reader.Read();
            reader.Read();

            Assert.AreEqual(Beginning(bytes, size), reader.GetString());
            Assert.AreEqual(size < bytes.Length, reader.IsTruncated);
            Assert.IsTrue(reader.Read() == JsonToken.EndArray);
        }
    }

    [TestMethod]
    public void ReadString_cuts_at_a_character()
    {
        string text = "a\u00E9b\u20ACc\U0001F600d";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        JsonReader reader = new JsonReader(64, 64);
        for (int max = 0; max <= bytes.Length + 1; max++)
        {
            reader.Reset(new PiecewiseSource("\"" + text + "\""));

            Assert.AreEqual(Beginning(bytes, max), reader.ReadString(max));
            Assert.AreEqual(max < bytes.Length, reader.IsTruncated);
        }
    }

    [TestMethod]
    public void Nothing_is_kept_behind_a_character_that_did_not_fit()
    {
        JsonReader reader = new JsonReader(64, 4);
        reader.Reset(new PiecewiseSource("[\"abc\u20ACd\", \"abc\\u20acd\", \"abc\\ud83d\\ude00d\", \"abc\\ud83dd\"]"));

        Assert.AreEqual("[ 'abc...' 'abc...' 'abc...' 'abc...' ]", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void Names_and_numbers_have_the_same_bound()
    {
        JsonReader reader = new JsonReader(64, 4);
        reader.Reset(new PiecewiseSource("{\"abcd\":1234,\"abcde\":12345,\"x\":\"\"}"));

        Assert.AreEqual("{ abcd: 1234 abcd...: 1234... x: '' }", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void A_truncated_token_equals_nothing_and_is_no_number()
    {
        JsonReader reader = new JsonReader(64, 4);
        reader.Reset(new PiecewiseSource("{\"abcde\":12345,\"a\":\"abcde\"}"));
        reader.Read();
        reader.Read();
        Assert.IsFalse(reader.NameIs("abcd"));
        Assert.IsFalse(reader.NameIs("abcde"));

        reader.Read();
        long number;
        Assert.IsFalse(reader.ValueIs("1234"));
        Assert.IsFalse(reader.TryGetInt64(out number));
        Assert.AreEqual(0L, number);

        reader.Read();
        reader.Read();
        Assert.IsFalse(reader.ValueIs("abcd"));
    }

    [TestMethod]
    [DataRow("0", true, 0L)]
    [DataRow("-0", true, 0L)]
    [DataRow("7", true, 7L)]
    [DataRow("-7", true, -7L)]
    [DataRow("2147483648", true, 2147483648L)]
    [DataRow("9223372036854775807", true, long.MaxValue)]
    [DataRow("9223372036854775808", false, 0L)]
    [DataRow("-9223372036854775808", true, long.MinValue)]
    [DataRow("-9223372036854775809", false, 0L)]
    [DataRow("9223372036854775810", false, 0L)]
    [DataRow("18446744073709551616", false, 0L)]
    [DataRow("99999999999999999999999", false, 0L)]
    [DataRow("1.0", false, 0L)]
    [DataRow("1e2", false, 0L)]
    [DataRow("\"1\"", false, 0L)]
    [DataRow("null", false, 0L)]
    [DataRow("{\"a\":1}", false, 0L)]
    public void Whole_numbers_within_range_are_read(string document, bool isNumber, long expected)
    {
        JsonReader reader = new JsonReader(64, 32);
        long number;

        reader.Reset(new PiecewiseSource(document));
        reader.Read();
        Assert.AreEqual(isNumber, reader.TryGetInt64(out number));
        Assert.AreEqual(expected, number);

        reader.Reset(new PiecewiseSource(document));
        Assert.AreEqual(isNumber, reader.TryReadInt64(out number));
        Assert.AreEqual(expected, number);
        reader.ReadToEnd();
    }

    [TestMethod]
    public void Names_and_values_are_compared_whole_and_by_kind()
    {
        JsonReader reader = new JsonReader(64, 32);
        reader.Reset(new PiecewiseSource("{\"uid\":\"a-1\",\"n\":12,\"\u00E9\":\"\u00E9\"}"));
        reader.Read();
        reader.Read();
        Assert.IsTrue(reader.NameIs("uid"));
        Assert.IsFalse(reader.NameIs("ui"));
        Assert.IsFalse(reader.NameIs("uids"));
        Assert.IsFalse(reader.NameIs("uie"));
        Assert.IsFalse(reader.NameIs(""));
        Assert.IsFalse(reader.ValueIs("uid"));

        reader.Read();
        Assert.IsTrue(reader.ValueIs("a-1"));
        Assert.IsFalse(reader.ValueIs("a-2"));
        Assert.IsFalse(reader.NameIs("a-1"));

        reader.Read();
        reader.Read();
        Assert.IsTrue(reader.ValueIs("12"));

        // Its two bytes, taken for characters.
        reader.Read();
        Assert.IsFalse(reader.NameIs("\u00C3\u00A9"));
        Assert.AreEqual("\u00E9", reader.GetString());
    }

    [TestMethod]
    public void Tokens_without_text_have_no_string()
    {
        JsonReader reader = new JsonReader(64, 32);
        reader.Reset(new PiecewiseSource("[\"a\",true,null,{}]"));
        Assert.IsNull(reader.GetString());
        reader.Read();
        Assert.IsNull(reader.GetString());
        reader.Read();
        Assert.AreEqual("a", reader.GetString());
        reader.Read();
        Assert.IsNull(reader.GetString());
        reader.Read();
        Assert.IsNull(reader.GetString());
    }

    /// <summary>The longest text of whole characters within <paramref name="max"/> bytes.</summary>
    private static string Beginning(byte[] bytes, int max)
    {
        int length = bytes.Length;
        if (max < length)
        {
            length = max;
            while (length > 0 && bytes[length] >= 0x80 && bytes[length] < 0xC0)
            {
                length--;
            }
        }

        return length == 0 ? "" : Encoding.UTF8.GetString(bytes, 0, length);
    }
}
