using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Patching;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Tests.Patching;

/// <summary>The cases of strategic-merge-cases.json, whose results are those of a real kube-apiserver.</summary>
[TestClass]
public sealed class StrategicMergePatchTests
{
    private static readonly TypeSchema Node = SchemaCatalog.Get("Node");

    private static IEnumerable<object[]> Cases
    {
        get
        {
            using var stream = typeof(StrategicMergePatchTests).Assembly.GetManifestResourceStream("strategic-merge-cases.json")!;
            foreach (var item in JsonNode.Parse(stream)!.AsArray())
            {
                yield return [item!["name"]!.ToString(), item["original"]!.ToJsonString(), item["patch"]!.ToJsonString(), item["expected"]!.ToJsonString()];
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void MergesAsARealServerDoes(string name, string original, string patch, string expected)
    {
        var merged = Apply(original, patch, Node);
        // Both in the canonical form, in which they would be stored.
        var actual = Normalizer.Normalize(merged, Node).ToJsonString();
        Assert.AreEqual(Normalizer.Normalize(Parse(expected), Node).ToJsonString(), actual, name);
    }

    [TestMethod]
    public void ContainersMergeByName()
    {
        var merged = Apply(
            """{"spec":{"containers":[{"name":"a","image":"x:1"},{"name":"b","image":"y:1"}]}}""",
            """{"spec":{"containers":[{"name":"b","image":"y:2"}]}}""",
            SchemaCatalog.Get("Pod"));
        Assert.AreEqual("""{"spec":{"containers":[{"name":"a","image":"x:1"},{"name":"b","image":"y:2"}]}}""", merged.ToJsonString());
    }

    [TestMethod]
    public void OwnersMergeByUid()
    {
        var merged = Apply(
            """{"metadata":{"ownerReferences":[{"uid":"1","name":"a"}]}}""",
            """{"metadata":{"ownerReferences":[{"uid":"1","name":"b"},{"uid":"2","name":"c"}]}}""",
            Node);
        Assert.AreEqual("""{"metadata":{"ownerReferences":[{"uid":"1","name":"b"},{"uid":"2","name":"c"}]}}""", merged.ToJsonString());
    }

    [TestMethod]
    [DataRow("""{"$patch":"explode"}""")]
    [DataRow("""{"status":{"conditions":[{"$patch":"explode","type":"A"}]}}""")]
    [DataRow("""{"status":{"conditions":[{"$patch":"merge","type":"A"}]}}""")]
    [DataRow("""{"status":{"conditions":["A"]}}""")]
    [DataRow("""{"metadata":{"$deleteFromPrimitiveList/finalizers":"x"}}""")]
    [DataRow("""{"status":{"$retainKeys":["a"],"phase":"b"}}""")]
    public void RefusesWhatIsNoPatch(string patch)
    {
        var refused = Assert.ThrowsExactly<PatchException>(
            () => Apply("""{"metadata":{"finalizers":["x"]},"status":{"conditions":[{"type":"A"}]}}""", patch, Node));
        Assert.IsTrue(refused.Malformed);
    }

    [TestMethod]
    public void AnItemWithoutItsMergeKeyIsAnErrorOfItsOwn() =>
        Assert.ThrowsExactly<MissingMergeKeyException>(
            () => Apply("""{"status":{"conditions":[{"type":"A"}]}}""", """{"status":{"conditions":[{"status":"True"}]}}""", Node));

    [TestMethod]
    public void LeavesOriginalAndPatchAsTheyAre()
    {
        var original = Parse("""{"status":{"conditions":[{"type":"A"}]}}""");
        var patch = Parse("""{"status":{"conditions":[{"$patch":"delete","type":"A"},{"type":"B"}]}}""");
        StrategicMergePatch.Apply(original, patch, Node);
        Assert.AreEqual("""{"status":{"conditions":[{"type":"A"}]}}""", original.ToJsonString());
        Assert.AreEqual("""{"status":{"conditions":[{"$patch":"delete","type":"A"},{"type":"B"}]}}""", patch.ToJsonString());
    }

    private static JsonObject Apply(string original, string patch, TypeSchema type) =>
        StrategicMergePatch.Apply(Parse(original), Parse(patch), type);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
