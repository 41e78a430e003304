using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Json;

[TestClass]
public class JsonReaderLongTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(1000)]
    public void A_string_goes_whole_into_the_callers_buffer(int pieceSize)
    {
        JsonReader json = NewReader("[\"longer than four \\u20ac\\n\",\"abcdef\",7,null,{\"a\":[]},\"x\"]", pieceSize);
        byte[] buffer = new byte[30];
        Assert.IsTrue(json.BeginArrayOrSkip());
        Assert.IsTrue(json.NextElement());
        Assert.IsTrue(json.ReadStringInto(buffer, out int length));
        Assert.AreEqual("longer than four \u20ac\n", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.IsFalse(json.IsTruncated);

        // What follows passes through the reader's own buffer again.
        Assert.IsTrue(json.NextElement());
        Assert.AreEqual("abcd", json.ReadString(10));
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(json.NextElement());
            Assert.IsFalse(json.ReadStringInto(buffer, out length));
            Assert.AreEqual(0, length);
        }

        Assert.IsTrue(json.NextElement());
        Assert.IsTrue(json.ReadStringInto(buffer, out length));
        Assert.AreEqual(1, length);
        json.ReadToEnd();
    }

    [TestMethod]
    public void A_string_that_does_not_fit_is_cut()
    {
        JsonReader json = NewReader("\"abc\u20ac\"", 1000);
        byte[] buffer = new byte[5];
        Assert.IsTrue(json.ReadStringInto(buffer, out int length));
        Assert.AreEqual(3, length);
        Assert.IsTrue(json.IsTruncated);
    }

    [TestMethod]
    public void Past_the_bound_nothing_is_asked_of_the_source()
    {
        JsonReader json = NewReader("{\"a\":\"" + new string('x', 100) + "\"}", 1000);
        json.MaxPosition = 20;
        Assert.IsTrue(json.BeginObjectOrSkip());
        Assert.ThrowsException(typeof(JsonException), () => json.ReadToEnd());
        Assert.IsTrue(json.Position >= 20 && json.Position < 24, json.Position.ToString());

        json.Reset(new PiecewiseSource("[1,2,3,4,5,6,7,8,9,10,11,12,13]"));
        json.ReadToEnd();
    }

    private static JsonReader NewReader(string document, int pieceSize)
    {
        JsonReader json = new JsonReader(4, 4);
        json.Reset(new PiecewiseSource(document, pieceSize));
        return json;
    }
}
