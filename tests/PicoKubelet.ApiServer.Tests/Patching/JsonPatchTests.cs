using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Patching;

namespace PicoKubelet.ApiServer.Tests.Patching;

[TestClass]
public sealed class JsonPatchTests
{
    // RFC 6902, appendix A, and the edges of pointers
    [TestMethod]
    [DataRow("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [DataRow("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [DataRow("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc"]}]""", """{"foo":["bar",["abc"]]}""")]
    [DataRow("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/1","value":1}]""", """{"foo":["bar",1]}""")]
    [DataRow("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [DataRow("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [DataRow("""{"baz":"qux"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo"}""")]
    [DataRow("""{"foo":["a","b"]}""", """[{"op":"replace","path":"/foo/0","value":"c"}]""", """{"foo":["c","b"]}""")]
    [DataRow("""{"foo":{"bar":1},"qux":{}}""", """[{"op":"move","from":"/foo/bar","path":"/qux/x"}]""", """{"foo":{},"qux":{"x":1}}""")]
    [DataRow("""{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [DataRow("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [DataRow("""{"a":[1,{"b":2}]}""", """[{"op":"test","path":"/a","value":[1,{"b":2}]}]""", """{"a":[1,{"b":2}]}""")]
    [DataRow("""{"a/b":1,"m~n":2}""", """[{"op":"test","path":"/a~1b","value":1},{"op":"test","path":"/m~0n","value":2}]""", """{"a/b":1,"m~n":2}""")]
    [DataRow("""{"a":null}""", """[{"op":"test","path":"/a","value":null}]""", """{"a":null}""")]
    [DataRow("""{"a":1}""", """[{"op":"replace","path":"","value":{"b":2}}]""", """{"b":2}""")]
    public void PatchesAsTheRfcSays(string original, string patch, string expected) =>
        Assert.AreEqual(expected, Apply(original, patch)!.ToJsonString());

    [TestMethod]
    [DataRow("""[{"op":"add","path":"/a/b/c","value":1}]""")]
    [DataRow("""[{"op":"remove","path":"/nope"}]""")]
    [DataRow("""[{"op":"replace","path":"/nope","value":1}]""")]
    [DataRow("""[{"op":"test","path":"/a","value":2}]""")]
    [DataRow("""[{"op":"test","path":"/list","value":[2,1]}]""")]
    [DataRow("""[{"op":"add","path":"/list/3","value":1}]""")]
    [DataRow("""[{"op":"add","path":"/list/01","value":1}]""")]
    [DataRow("""[{"op":"remove","path":"/list/-"}]""")]
    [DataRow("""[{"op":"explode","path":"/a"}]""")]
    [DataRow("""[{"op":"add","path":"a","value":1}]""")]
    [DataRow("""[{"op":"add","path":"/b"}]""")]
    public void RefusesWhatDoesNotFit(string patch) =>
        Assert.ThrowsExactly<PatchException>(() => Apply("""{"a":1,"list":[1,2]}""", patch));

    private static JsonNode? Apply(string original, string patch) =>
        JsonPatch.Apply(JsonNode.Parse(original)!, (JsonArray)JsonNode.Parse(patch)!);
}
