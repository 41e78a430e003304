using nanoFramework.TestFramework;
using PicoKubelet.Settings;

namespace PicoKubelet.Tests.Settings;

/// <summary>The same texts as apimachinery's validation accepts and refuses.</summary>
[TestClass]
public class KubernetesNamesTests
{
    // a label (RFC 1123), a subdomain, a label's value, a label's key
    [TestMethod]
    [DataRow("a", true, true, true, true)]
    [DataRow("0", true, true, true, true)]
    [DataRow("pico-node-1", true, true, true, true)]
    [DataRow("a--1", true, true, true, true)]
    [DataRow("a.b", false, true, true, true)]
    [DataRow("1.2.3.4", false, true, true, true)]
    [DataRow("a..b", false, false, true, true)]
    [DataRow("a.-b", false, false, true, true)]
    [DataRow("a-.b", false, false, true, true)]
    [DataRow("A", false, false, true, true)]
    [DataRow("aB_c.D-9", false, false, true, true)]
    [DataRow("", false, false, true, false)]
    [DataRow("-a", false, false, false, false)]
    [DataRow("a-", false, false, false, false)]
    [DataRow(".a", false, false, false, false)]
    [DataRow("a.", false, false, false, false)]
    [DataRow("_a", false, false, false, false)]
    [DataRow("a_", false, false, false, false)]
    [DataRow("-", false, false, false, false)]
    [DataRow(".", false, false, false, false)]
    [DataRow("a b", false, false, false, false)]
    [DataRow(" a", false, false, false, false)]
    [DataRow("a\n", false, false, false, false)]
    [DataRow("a:b", false, false, false, false)]
    [DataRow("\u00E9", false, false, false, false)]
    [DataRow("a\u00E9b", false, false, false, false)]
    [DataRow("a/b", false, false, false, true)]
    [DataRow("example.com/room", false, false, false, true)]
    [DataRow("example.com/Room_1.x", false, false, false, true)]
    [DataRow("Example.com/room", false, false, false, false)]
    [DataRow("/a", false, false, false, false)]
    [DataRow("a/", false, false, false, false)]
    [DataRow("a/b/c", false, false, false, false)]
    [DataRow("a/-b", false, false, false, false)]
    [DataRow("-a/b", false, false, false, false)]
    [DataRow("a../b", false, false, false, false)]
    public void A_text_is_or_is_not(string text, bool isLabel, bool isSubdomain, bool isValue, bool isKey)
    {
        Assert.AreEqual(isLabel, KubernetesNames.IsDnsLabel(text), "label");
        Assert.AreEqual(isSubdomain, KubernetesNames.IsDnsSubdomain(text), "subdomain");
        Assert.AreEqual(isValue, KubernetesNames.IsLabelValue(text), "value");
        Assert.AreEqual(isKey, KubernetesNames.IsLabelKey(text), "key");
    }

    [TestMethod]
    public void Names_have_bounds()
    {
        string label = new string('a', 63);
        Assert.IsTrue(KubernetesNames.IsDnsLabel(label));
        Assert.IsFalse(KubernetesNames.IsDnsLabel(label + "a"));
        Assert.IsTrue(KubernetesNames.IsLabelValue(label));
        Assert.IsFalse(KubernetesNames.IsLabelValue(label + "a"));
        Assert.IsTrue(KubernetesNames.IsLabelKey(label));
        Assert.IsFalse(KubernetesNames.IsLabelKey(label + "a"));

        // As apimachinery has it, only the whole of a subdomain is bounded.
        string subdomain = label + "." + label + "." + label + "." + new string('a', 61);
        Assert.AreEqual(253, subdomain.Length);
        Assert.IsTrue(KubernetesNames.IsDnsSubdomain(subdomain));
        Assert.IsFalse(KubernetesNames.IsDnsSubdomain(subdomain + "a"));
        Assert.IsTrue(KubernetesNames.IsLabelKey(subdomain + "/" + label));
        Assert.IsFalse(KubernetesNames.IsLabelKey(subdomain + "a/" + label));
        Assert.IsFalse(KubernetesNames.IsLabelKey(subdomain + "/" + label + "a"));
    }
}
