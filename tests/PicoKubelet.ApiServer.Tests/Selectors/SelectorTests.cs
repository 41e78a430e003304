using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Selectors;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Tests.Selectors;

[TestClass]
public sealed class SelectorTests
{
    private static readonly StoredObject Item = new(ResourceCatalog.Nodes, (JsonObject)JsonNode.Parse(
        """{"metadata":{"name":"n1","labels":{"a":"1","b":"","x.io/y":"z"}},"spec":{"unschedulable":true}}""")!);

    [TestMethod]
    [DataRow("", true)]
    [DataRow("a=1", true)]
    [DataRow("a==1", true)]
    [DataRow("a=2", false)]
    [DataRow("a!=1", false)]
    [DataRow("c!=1", true)]
    [DataRow("b=", true)]
    [DataRow("a", true)]
    [DataRow("c", false)]
    [DataRow("!c", true)]
    [DataRow("!a", false)]
    [DataRow("a in (1, 2)", true)]
    [DataRow("a in (2,3)", false)]
    [DataRow("a notin (2,3)", true)]
    [DataRow("c notin (2,3)", true)]
    [DataRow("a=1,x.io/y=z", true)]
    [DataRow("a=1, x.io/y=w", false)]
    public void LabelSelectors(string text, bool matches) => Assert.AreEqual(matches, new LabelSelector(text).Matches(Item));

    [TestMethod]
    [DataRow("metadata.name=n1", true)]
    [DataRow("metadata.name==n1", true)]
    [DataRow("metadata.name=n2", false)]
    [DataRow("metadata.name!=n2", true)]
    [DataRow("spec.unschedulable=true", true)]
    [DataRow("spec.unschedulable=false", false)]
    [DataRow("metadata.name=n1,spec.unschedulable=true", true)]
    [DataRow("metadata.namespace=", true)]
    public void FieldSelectors(string text, bool matches) =>
        Assert.AreEqual(matches, new FieldSelector(text, ResourceCatalog.Nodes).Matches(Item));

    [TestMethod]
    [DataRow("a b c")]
    [DataRow("=1")]
    [DataRow("a in 1")]
    public void BrokenLabelSelectors(string text) =>
        Assert.AreEqual(400, Assert.ThrowsExactly<ApiException>(() => new LabelSelector(text)).Code);

    [TestMethod]
    [DataRow("spec.podCIDR=x")]
    [DataRow("metadata.name")]
    public void BrokenFieldSelectors(string text) =>
        Assert.AreEqual(400, Assert.ThrowsExactly<ApiException>(() => new FieldSelector(text, ResourceCatalog.Nodes)).Code);
}
