using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Json;

/// <summary>Documents of bytes that are no text, and of characters of each length.</summary>
[TestClass]
public class JsonReaderUtf8Tests
{
    [TestMethod]
    [DataRow("00")]
    [DataRow("2200" + "22")]
    [DataRow("2280" + "22")]
    [DataRow("22c0af" + "22")]
    [DataRow("22c1bf" + "22")]
    [DataRow("22c3" + "22")]
    [DataRow("22c3c3" + "22")]
    [DataRow("22e09fbf" + "22")]
    [DataRow("22e282" + "22")]
    [DataRow("22eda080" + "22")]
    [DataRow("22edbfbf" + "22")]
    [DataRow("22f08fbfbf" + "22")]
    [DataRow("22f09f98" + "22")]
    [DataRow("22f4908080" + "22")]
    [DataRow("22f5808080" + "22")]
    [DataRow("22f888808080" + "22")]
    [DataRow("22ff" + "22")]
    [DataRow("22fe" + "22")]
    [DataRow("22c3")]
    [DataRow("22f09f98")]
    [DataRow("efbb31")]
    [DataRow("efbb")]
    [DataRow("fffe31")]
    public void Bytes_that_are_not_utf8_are_a_fault(string hex)
    {
        JsonFault.AssertAt(Bytes.FromHex(hex), "", -1);
    }

    [TestMethod]
    [DataRow("22c28022", "c280")]
    [DataRow("22dfbf22", "dfbf")]
    [DataRow("22e0a08022", "e0a080")]
    [DataRow("22ed9fbf22", "ed9fbf")]
    [DataRow("22ee808022", "ee8080")]
    [DataRow("22efbfbf22", "efbfbf")]
    [DataRow("22f090808022", "f0908080")]
    [DataRow("22f48fbfbf22", "f48fbfbf")]
    [DataRow("225c7564376666" + "22", "ed9fbf")]
    [DataRow("225c7566666666" + "22", "efbfbf")]
    [DataRow("225c75303766665c7530383030" + "22", "dfbfe0a080")]
    [DataRow("227f22", "7f")]
    public void Characters_at_the_edges_of_utf8_are_kept(string hex, string expected)
    {
        JsonReader reader = new JsonReader(64, 64);
        Utf8Writer output = new Utf8Writer(64);
        reader.Reset(new PiecewiseSource(Bytes.FromHex(hex), 64));

        reader.Read();
        output.Write(reader.GetString());

        Assert.AreEqual(expected, Bytes.ContentAsHex(output));
        Assert.IsTrue(reader.Read() == JsonToken.End);
    }
}
