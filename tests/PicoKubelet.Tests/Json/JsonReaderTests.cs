using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Json;

[TestClass]
public class JsonReaderTests
{
    private const string Sample =
        " {\"a\" : [1, -2.5e+10,true,false,null,\"\"] ,\n\t\"\u00E9\u20AC\":{\"\\u0041\\ud83d\\ude00\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\U0001F600\"},\"e\":{},\"f\":[[],[{}]]}\r\n";

    private const string SampleTokens =
        "{ a: [ 1 -2.5e+10 true false null '' ] \u00E9\u20AC: { A\U0001F600: 'x\"\\/\b\f\n\r\t\U0001F600' } e: { } f: [ [ ] [ { } ] ] }";

    [TestMethod]
    [DataRow("{}", "{ }")]
    [DataRow("[]", "[ ]")]
    [DataRow(" \t\r\n[ \t\r\n] \t\r\n", "[ ]")]
    [DataRow("true", "true")]
    [DataRow("false", "false")]
    [DataRow("null", "null")]
    [DataRow("\"\"", "''")]
    [DataRow("0", "0")]
    [DataRow("-0", "-0")]
    [DataRow("10", "10")]
    [DataRow("0.0", "0.0")]
    [DataRow("-1.25", "-1.25")]
    [DataRow("1e5", "1e5")]
    [DataRow("1E+05", "1E+05")]
    [DataRow("0e-0", "0e-0")]
    [DataRow("[1,2]", "[ 1 2 ]")]
    [DataRow("{\"\":1}", "{ : 1 }")]
    [DataRow("{\"a\":1,\"a\":2}", "{ a: 1 a: 2 }")]
    [DataRow("\"\\u00e9\\u20AC\\u007f\"", "'\u00E9\u20AC\u007F'")]
    [DataRow("\"\\ud83d\\ude00\"", "'\U0001F600'")]
    [DataRow("\"\\udbff\\udfff\"", "'\U0010FFFF'")]
    [DataRow("\"\\ud83d\"", "'\uFFFD'")]
    [DataRow("\"\\ude00\"", "'\uFFFD'")]
    [DataRow("\"\\ude00\\ud83d\"", "'\uFFFD\uFFFD'")]
    [DataRow("\"\\ud83dx\"", "'\uFFFDx'")]
    [DataRow("\"\\ud83d\\n\"", "'\uFFFD\n'")]
    [DataRow("\"\\ud83d\\u0041\"", "'\uFFFDA'")]
    [DataRow("\"\\ud83d\\ud83d\\ude00\"", "'\uFFFD\U0001F600'")]
    [DataRow("\"\\ud83d\u00E9\"", "'\uFFFD\u00E9'")]
    [DataRow("\"a\\u0000b\"", "'a\uFFFDb'")]
    [DataRow("\uFEFF[]", "[ ]")]
    [DataRow("\uFEFF []", "[ ]")]
    [DataRow("\"\uFEFF\"", "'\uFEFF'")]
    [DataRow(Sample, SampleTokens)]
    public void Read_reports_the_tokens(string document, string expected)
    {
        JsonReader reader = new JsonReader(256, 64);
        reader.Reset(new PiecewiseSource(document));

        Assert.AreEqual(expected, JsonTokens.Of(reader));
        Assert.AreEqual(Encoding.UTF8.GetBytes(document).Length, reader.Position);
    }

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("  ", 2)]
    [DataRow("{", 1)]
    [DataRow("[", 1)]
    [DataRow("[1", 2)]
    [DataRow("[1,", 3)]
    [DataRow("{\"a\"", 4)]
    [DataRow("{\"a\":", 5)]
    [DataRow("{\"a\":1", 6)]
    [DataRow("{\"a\":1,", 7)]
    [DataRow("\"abc", 4)]
    [DataRow("\"abc\\", 5)]
    [DataRow("\"\\u12", 5)]
    [DataRow("tru", 3)]
    [DataRow("-", 1)]
    [DataRow("1.", 2)]
    [DataRow("1e", 2)]
    [DataRow("1e+", 3)]
    public void A_document_that_is_cut_short_is_a_fault(string document, int position)
    {
        JsonFault.AssertAt(Encoding.UTF8.GetBytes(document), "cut short", position);
    }

    [TestMethod]
    [DataRow("[1,]", "value expected", 3)]
    [DataRow("[,1]", "value expected", 1)]
    [DataRow("{\"a\":1,}", "name expected", 7)]
    [DataRow("{,}", "name expected", 1)]
    [DataRow("{1:2}", "name expected", 1)]
    [DataRow("{a:1}", "name expected", 1)]
    [DataRow("{\"a\" 1}", "colon expected", 5)]
    [DataRow("{\"a\":}", "value expected", 5)]
    [DataRow("{\"a\"::1}", "value expected", 5)]
    [DataRow("{\"a\":1 \"b\":2}", "comma expected", 7)]
    [DataRow("[1 2]", "comma expected", 3)]
    [DataRow("[1}", "comma expected", 2)]
    [DataRow("{\"a\":1]", "comma expected", 6)]
    [DataRow("[}", "value expected", 1)]
    [DataRow("{]", "name expected", 1)]
    [DataRow("]", "value expected", 0)]
    [DataRow(":", "value expected", 0)]
    [DataRow("{} {}", "end expected", 3)]
    [DataRow("1 2", "end expected", 2)]
    [DataRow("[],", "end expected", 2)]
    [DataRow("[]]", "end expected", 2)]
    [DataRow("True", "value expected", 0)]
    [DataRow("trux", "value expected", 3)]
    [DataRow("truex", "end expected", 4)]
    [DataRow("nul]", "value expected", 3)]
    [DataRow("01", "end expected", 1)]
    [DataRow("-01", "end expected", 2)]
    [DataRow("+1", "value expected", 0)]
    [DataRow(".5", "value expected", 0)]
    [DataRow("-a", "digit expected", 1)]
    [DataRow("[1.]", "digit expected", 3)]
    [DataRow("[1.e1]", "digit expected", 3)]
    [DataRow("[1e]", "digit expected", 3)]
    [DataRow("[1e+]", "digit expected", 4)]
    [DataRow("0x1", "end expected", 1)]
    [DataRow("NaN", "value expected", 0)]
    [DataRow("'a'", "value expected", 0)]
    [DataRow("[1]//", "end expected", 3)]
    [DataRow("/**/1", "value expected", 0)]
    [DataRow("\"\\x\"", "unknown escape", 3)]
    [DataRow("\"\\'\"", "unknown escape", 3)]
    [DataRow("\"\\u00g0\"", "hex digit expected", 6)]
    [DataRow("\"\\u 123\"", "hex digit expected", 4)]
    [DataRow("\"\\U0041\"", "unknown escape", 3)]
    [DataRow("\"a\nb\"", "control character", 2)]
    [DataRow("\"a\tb\"", "control character", 2)]
    [DataRow("\"\u001F\"", "control character", 1)]
    [DataRow(" \uFEFF1", "value expected", 1)]
    [DataRow("\uFEFF\uFEFF1", "value expected", 3)]
    [DataRow("\u00A01", "value expected", 0)]
    [DataRow("\u000C1", "value expected", 0)]
    public void A_malformed_document_is_a_fault(string document, string message, int position)
    {
        JsonFault.AssertAt(Encoding.UTF8.GetBytes(document), message, position);
    }

    [TestMethod]
    public void The_sizes_of_pieces_and_block_change_nothing()
    {
        int length = Encoding.UTF8.GetBytes(Sample).Length;
        for (int size = 1; size <= length; size++)
        {
            JsonReader whole = new JsonReader(length, 64);
            whole.Reset(new PiecewiseSource(Sample, size));
            Assert.AreEqual(SampleTokens, JsonTokens.Of(whole));

            JsonReader block = new JsonReader(size, 64);
            block.Reset(new PiecewiseSource(Sample));
            Assert.AreEqual(SampleTokens, JsonTokens.Of(block));
            Assert.AreEqual(length, block.Position);
        }
    }

    [TestMethod]
    public void Every_beginning_of_a_document_is_cut_short_whatever_is_skipped()
    {
        byte[] document = Encoding.UTF8.GetBytes(Sample);
        int end = document.Length - "\r\n".Length;
        for (int length = 0; length < end; length++)
        {
            byte[] beginning = new byte[length];
            Array.Copy(document, beginning, length);
            JsonFault.AssertAt(beginning, "cut short", length);
        }
    }

    [TestMethod]
    public void Nesting_is_bounded_at_64()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource(Nested(64)));
        int depth = 0;
        while (depth < 64)
        {
            depth += reader.Read() == JsonToken.Name ? 0 : 1;
        }

        // Alternating kinds: each level remembers its own.
        for (; depth > 0; depth--)
        {
            JsonToken expected = depth % 2 == 0 ? JsonToken.EndObject : JsonToken.EndArray;
            Assert.IsTrue(reader.Read() == expected);
        }

        Assert.IsTrue(reader.Read() == JsonToken.End);
        JsonFault.AssertAt(Encoding.UTF8.GetBytes(Nested(65)), "nested too deeply", -1);
    }

    [TestMethod]
    public void End_is_reported_again_and_again()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("1 "));

        reader.Read();

        Assert.IsTrue(reader.Read() == JsonToken.End);
        Assert.IsTrue(reader.Read() == JsonToken.End);
        Assert.IsTrue(reader.Token == JsonToken.End);
    }

    [TestMethod]
    public void After_a_fault_only_a_reset_helps()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("[[x,1]"));
        Assert.ThrowsException(typeof(JsonException), () => reader.ReadToEnd());

        Assert.ThrowsException(typeof(JsonException), () => reader.Read());
        Assert.ThrowsException(typeof(JsonException), () => reader.Skip());
        Assert.ThrowsException(typeof(JsonException), () => reader.ReadToEnd());

        reader.Reset(new PiecewiseSource("{\"a\":\"b\"}"));
        Assert.AreEqual("{ a: 'b' }", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void After_an_exception_of_the_source_only_a_reset_helps()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new FailingSource("[1,\"ab"));
        reader.Read();
        reader.Read();
        Assert.ThrowsException(typeof(InvalidOperationException), () => reader.Read());
        Assert.ThrowsException(typeof(JsonException), () => reader.Read());

        reader.Reset(new PiecewiseSource("[1,\"ab\"]"));
        Assert.AreEqual("[ 1 'ab' ]", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void A_reader_without_a_document_says_so()
    {
        JsonReader reader = new JsonReader(16, 16);

        Assert.IsTrue(reader.Token == JsonToken.None);
        Assert.ThrowsException(typeof(JsonException), () => reader.Read());
    }

    /// <summary>Arrays and objects by turns, the array outermost.</summary>
    private static string Nested(int depth)
    {
        string begin = "";
        string end = "";
        for (int i = 0; i < depth; i++)
        {
            bool isArray = i % 2 == 0;
            bool isInnermost = i == depth - 1;
            begin += isArray ? "[" : isInnermost ? "{" : "{\"a\":";
            end = (isArray ? "]" : "}") + end;
        }

        return begin + end;
    }
}
