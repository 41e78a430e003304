using nanoFramework.TestFramework;
using PicoKubelet.Settings;

namespace PicoKubelet.Tests.Settings;

[TestClass]
public class LabelsTests
{
    [TestMethod]
    public void Labels_keep_their_order_and_a_key_is_there_once()
    {
        Labels labels = new Labels(2);
        Assert.AreEqual(0, labels.Count);
        Assert.AreEqual(-1, labels.IndexOf("a"));

        labels.Set("b", "1");
        Assert.IsFalse(labels.IsFull);
        labels.Set("a", "2");
        Assert.IsTrue(labels.IsFull);
        labels.Set("b", "3");

        Assert.AreEqual(2, labels.Count);
        Assert.AreEqual("b", labels.Key(0));
        Assert.AreEqual("3", labels.Value(0));
        Assert.AreEqual(1, labels.IndexOf("a"));
        Assert.AreEqual("2", labels.Value(1));
    }
}
