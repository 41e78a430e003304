using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Json;

/// <summary>How the firmware walks a document: by name, skipping what it does not know.</summary>
[TestClass]
public class JsonReaderWalkTests
{
    [TestMethod]
    [DataRow("{\"kind\":\"Node\",\"metadata\":{\"name\":\"pico\",\"uid\":\"u1\",\"labels\":{\"uid\":\"x\"}},\"status\":{\"uid\":\"y\"}}", "u1")]
    [DataRow("{\"status\":[{\"metadata\":{\"uid\":\"y\"}}],\"metadata\":{\"uid\":\"u1\"}}", "u1")]
    [DataRow("{\"metadata\":{\"uid\":\"u1\",\"creationTimestamp\":null,\"a\":[[],{}]}}", "u1")]
    public void A_field_is_found_whatever_stands_around_it(string document, string expected)
    {
        Assert.AreEqual(expected, FindUid(document));
    }

    [TestMethod]
    [DataRow("{\"metadata\":{\"uid\":null}}")]
    [DataRow("{\"metadata\":{\"uid\":{\"uid\":\"x\"}}}")]
    [DataRow("{\"metadata\":{\"uid\":[\"x\",{\"uid\":\"x\"}]}}")]
    [DataRow("{\"metadata\":{\"uid\":7}}")]
    [DataRow("{\"metadata\":{}}")]
    [DataRow("{\"metadata\":null}")]
    [DataRow("{\"metadata\":[{\"uid\":\"x\"}]}")]
    [DataRow("{\"metadata\":\"uid\"}")]
    [DataRow("{\"metadata\":true}")]
    [DataRow("{}")]
    [DataRow("null")]
    [DataRow("[{\"metadata\":{\"uid\":\"x\"}}]")]
    [DataRow("\"metadata\"")]
    public void A_field_that_is_elsewhere_or_no_string_is_not_found(string document)
    {
        Assert.IsNull(FindUid(document));
    }

    [TestMethod]
    public void Elements_are_walked_whatever_their_type()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("[{\"type\":\"Ready\"} , null, 5, \"x\", [\"type\"], {\"a\":[1,{}],\"type\":\"DiskPressure\"}, {}]"));
        Utf8Writer types = new Utf8Writer(64);
        int elements = 0;

        Assert.IsTrue(reader.BeginArrayOrSkip());
        while (reader.NextElement())
        {
            elements++;
            if (!reader.BeginObjectOrSkip())
            {
                continue;
            }

            while (reader.ReadName())
            {
                if (reader.NameIs("type"))
                {
                    types.Write(reader.ReadString(16));
                    types.WriteByte((byte)' ');
                }
            }
        }

        reader.ReadToEnd();
        Assert.AreEqual("Ready DiskPressure ", Bytes.Content(types));
        Assert.AreEqual(7, elements);
    }

    [TestMethod]
    public void What_nobody_reads_is_skipped()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("{\"a\":{\"b\":[1,2]},\"c\":[[1],\"x\",{}],\"d\":1}"));
        int names = 0;
        int elements = 0;

        Assert.IsTrue(reader.BeginObjectOrSkip());
        while (reader.ReadName())
        {
            names++;
            if (reader.NameIs("c"))
            {
                Assert.IsTrue(reader.BeginArrayOrSkip());
                while (reader.NextElement())
                {
                    elements++;
                }
            }
        }

        Assert.AreEqual(3, names);
        Assert.AreEqual(3, elements);
        Assert.IsTrue(reader.Read() == JsonToken.End);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("[ ]")]
    [DataRow("{\"a\":[]}")]
    [DataRow("null")]
    [DataRow("7")]
    public void Other_types_and_empty_arrays_have_no_elements(string document)
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource(document));
        if (reader.BeginArrayOrSkip())
        {
            Assert.IsFalse(reader.NextElement());
        }

        Assert.IsTrue(reader.Read() == JsonToken.End);
    }

    [TestMethod]
    public void Skip_leaves_nothing_of_the_value()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("{\"a\":\"secret\",\"b\":[1]}"));
        reader.BeginObjectOrSkip();
        reader.ReadName();
        reader.Skip();

        Assert.IsTrue(reader.Token == JsonToken.None);
        Assert.IsNull(reader.GetString());
        Assert.IsFalse(reader.ValueIs("secret"));
        Assert.IsFalse(reader.ValueIs(""));
        Assert.IsTrue(reader.ReadName());
        Assert.IsTrue(reader.NameIs("b"));
    }

    [TestMethod]
    public void Skip_at_a_beginning_leaves_the_object_or_array()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("[{\"a\":[{}]},[1,[2]],3,4]"));
        reader.Read();
        reader.Read();
        reader.Skip();
        Assert.IsTrue(reader.Read() == JsonToken.BeginArray);
        reader.Skip();
        reader.Read();
        Assert.IsTrue(reader.ValueIs("3"));

        // Was read already: nothing to skip.
        reader.Skip();
        reader.Read();
        Assert.IsTrue(reader.ValueIs("4"));
    }

    [TestMethod]
    public void Skip_at_the_start_passes_over_the_document()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource(" [1,{\"a\":2}] "));

        reader.Skip();

        Assert.IsTrue(reader.Read() == JsonToken.End);
    }

    [TestMethod]
    public void ReadToEnd_passes_over_the_rest_from_anywhere()
    {
        string document = "{\"a\":[1,{\"b\":\"c\"}],\"d\":null}";
        for (int tokens = 0; tokens <= 12; tokens++)
        {
            JsonReader reader = new JsonReader(16, 16);
            reader.Reset(new PiecewiseSource(document));
            for (int i = 0; i < tokens; i++)
            {
                reader.Read();
            }

            reader.ReadToEnd();

            Assert.IsTrue(reader.Token == JsonToken.End);
            Assert.AreEqual(document.Length, reader.Position);
        }
    }

    [TestMethod]
    [DataRow("true", true, true)]
    [DataRow("false", true, false)]
    [DataRow("null", false, false)]
    [DataRow("\"true\"", false, false)]
    [DataRow("1", false, false)]
    [DataRow("[true]", false, false)]
    public void TryReadBoolean_tells_booleans_from_others(string document, bool isBoolean, bool expected)
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource(document));
        bool value;

        Assert.AreEqual(isBoolean, reader.TryReadBoolean(out value));

        Assert.AreEqual(expected, value);
        Assert.IsTrue(reader.Read() == JsonToken.End);
    }

    [TestMethod]
    public void Token_tells_null_from_another_type()
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource("{\"a\":null,\"b\":5,\"c\":\"\"}"));
        reader.BeginObjectOrSkip();

        reader.ReadName();
        Assert.IsNull(reader.ReadString(16));
        Assert.IsTrue(reader.Token == JsonToken.Null);

        reader.ReadName();
        Assert.IsNull(reader.ReadString(16));
        Assert.IsTrue(reader.Token == JsonToken.Number);

        reader.ReadName();
        Assert.AreEqual("", reader.ReadString(16));
    }

    [TestMethod]
    public void Walking_at_the_wrong_place_is_a_fault()
    {
        JsonReader reader = new JsonReader(16, 16);

        reader.Reset(new PiecewiseSource("[1]"));
        Assert.ThrowsException(typeof(JsonException), () => reader.ReadName());

        reader.Reset(new PiecewiseSource("[1]"));
        reader.BeginArrayOrSkip();
        Assert.ThrowsException(typeof(JsonException), () => reader.ReadName());

        reader.Reset(new PiecewiseSource("[1]"));
        Assert.ThrowsException(typeof(JsonException), () => reader.NextElement());

        reader.Reset(new PiecewiseSource("{\"a\":1}"));
        reader.BeginObjectOrSkip();
        Assert.ThrowsException(typeof(JsonException), () => reader.NextElement());
    }

    private static string FindUid(string document)
    {
        JsonReader reader = new JsonReader(16, 16);
        reader.Reset(new PiecewiseSource(document, 3));

        string uid = null;
        if (reader.BeginObjectOrSkip())
        {
            while (reader.ReadName())
            {
                if (reader.NameIs("metadata"))
                {
                    uid = ReadUid(reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        reader.ReadToEnd();
        return uid;
    }

    private static string ReadUid(JsonReader reader)
    {
        string uid = null;
        if (reader.BeginObjectOrSkip())
        {
            while (reader.ReadName())
            {
                if (reader.NameIs("uid"))
                {
                    uid = reader.ReadString(16);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return uid;
    }
}
