using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Patching;

namespace PicoKubelet.ApiServer.Tests.Patching;

[TestClass]
public sealed class MergePatchTests
{
    // RFC 7386, appendix A, as far as both are objects
    [TestMethod]
    [DataRow("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [DataRow("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [DataRow("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [DataRow("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [DataRow("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [DataRow("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [DataRow("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [DataRow("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [DataRow("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [DataRow("""{"a":"foo"}""", """{"a":{"b":{"c":null}}}""", """{"a":{"b":{}}}""")]
    public void MergesAsTheRfcSays(string original, string patch, string expected) =>
        Assert.AreEqual(
            expected,
            MergePatch.Apply((JsonObject)JsonNode.Parse(original)!, (JsonObject)JsonNode.Parse(patch)!).ToJsonString());
}
