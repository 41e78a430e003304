using System;
using nanoFramework.TestFramework;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Text;

[TestClass]
public class StringsTests
{
    [TestMethod]
    public void A_new_array_can_be_read_before_it_is_written()
    {
        string[] array = Strings.NewArray(5);

        Assert.AreEqual(5, array.Length);
        for (int i = 0; i < array.Length; i++)
        {
            Assert.IsTrue(array[i] == null);
            Assert.IsFalse(array[i] == "text");
        }

        Assert.AreEqual(-1, Array.IndexOf(array, "text"));
        Assert.AreEqual(0, Array.IndexOf(array, null));
    }
}
