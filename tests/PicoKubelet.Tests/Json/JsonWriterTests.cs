using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Json;

[TestClass]
public class JsonWriterTests
{
    [TestMethod]
    public void Commas_and_colons_stand_where_they_belong()
    {
        JsonWriter writer = new JsonWriter(new Utf8Writer(256));

        writer.BeginObject();
        writer.Property("kind", "Node");
        writer.BeginObject("metadata");
        writer.EndObject();
        writer.BeginObject("status");
        writer.BeginArray("empty");
        writer.EndArray();
        writer.BeginArray("list");
        writer.BeginObject();
        writer.Property("a", 1);
        writer.EndObject();
        writer.BeginObject();
        writer.EndObject();
        writer.BeginArray();
        writer.Value("x");
        writer.Value(2);
        writer.Value(true);
        writer.Null();
        writer.EndArray();
        writer.EndArray();
        writer.Name("last");
        writer.Value(false);
        writer.EndObject();
        writer.Property("ready", true);
        writer.EndObject();

        Assert.AreEqual(
            "{\"kind\":\"Node\",\"metadata\":{},\"status\":{\"empty\":[],\"list\":[{\"a\":1},{},[\"x\",2,true,null]],\"last\":false},\"ready\":true}",
            Bytes.Content(writer.Output));
    }

    [TestMethod]
    [DataRow("", "\"\"")]
    [DataRow("plain /'\u007F", "\"plain /'\u007F\"")]
    [DataRow("\"\\", "\"\\\"\\\\\"")]
    [DataRow("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
    [DataRow("a\u0001\u001Fb", "\"a\\u0001\\u001fb\"")]
    [DataRow("\u00E9\"\u20AC\n\U0001F600\"", "\"\u00E9\\\"\u20AC\\n\U0001F600\\\"\"")]
    public void Strings_are_escaped_as_names_and_values(string text, string expected)
    {
        JsonWriter writer = new JsonWriter(new Utf8Writer(64));

        writer.BeginObject();
        writer.Property(text, text);
        writer.EndObject();

        Assert.AreEqual("{" + expected + ":" + expected + "}", Bytes.Content(writer.Output));
    }

    [TestMethod]
    public void A_string_that_is_null_becomes_null()
    {
        JsonWriter writer = new JsonWriter(new Utf8Writer(64));

        writer.BeginObject();
        writer.Property("a", (string)null);
        writer.EndObject();

        Assert.AreEqual("{\"a\":null}", Bytes.Content(writer.Output));
    }

    [TestMethod]
    public void Reset_begins_another_document_behind_the_start()
    {
        JsonWriter writer = new JsonWriter(new Utf8Writer(64));
        writer.BeginArray();
        writer.Value(1);

        writer.Reset(10);
        writer.BeginArray();
        writer.Value(2);
        writer.EndArray();

        Assert.AreEqual(10, writer.Output.Start);
        Assert.AreEqual("[2]", Bytes.Content(writer.Output));
    }

    [TestMethod]
    public void A_document_fits_to_the_byte_or_overflows()
    {
        string expected = "{\"n\":-12,\"t\":\"a\\n\\u0001\u20AC\"}";
        int length = Encoding.UTF8.GetBytes(expected).Length;
        for (int capacity = 0; capacity <= length + 1; capacity++)
        {
            JsonWriter writer = new JsonWriter(new Utf8Writer(capacity));

            writer.BeginObject();
            writer.Property("n", -12);
            writer.Property("t", "a\n\u0001\u20AC");
            writer.EndObject();

            Assert.AreEqual(capacity < length, writer.Output.Overflowed, capacity.ToString());
            if (capacity >= length)
            {
                Assert.AreEqual(expected, Bytes.Content(writer.Output));
                Assert.AreEqual(length, writer.Output.Length);
            }
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a \"quoted\" \\ path/with \b\f\n\r\t and \u0001\u001F\u007F")]
    [DataRow("\u00E9\u20AC\uFFFD\U0001F600")]
    public void What_was_written_reads_back(string text)
    {
        JsonWriter writer = new JsonWriter(new Utf8Writer(256));
        writer.BeginArray();
        writer.Value(text);
        writer.Value(long.MinValue);
        writer.EndArray();

        JsonReader reader = new JsonReader(16, 64);
        reader.Reset(new PiecewiseSource(Bytes.Content(writer.Output)));
        reader.BeginArrayOrSkip();
        reader.NextElement();
        Assert.AreEqual(text, reader.ReadString(64));
        reader.NextElement();
        long number;
        Assert.IsTrue(reader.TryReadInt64(out number));
        Assert.AreEqual(long.MinValue, number);
        reader.ReadToEnd();
    }
}
