using PicoKubelet.Hardware;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class WifiListTests
{
    [TestMethod]
    public void The_strongest_comes_first_and_each_name_once()
    {
        WifiList list = new WifiList();
        list.Add("b", -60);
        list.Add("a", -50);
        list.Add("", -10);
        list.Add(null, -10);
        list.Add("b", -70);
        list.Add("c", -55);
        list.Add("b", -40);

        Assert.AreEqual("b-40 a-50 c-55 ", Text(list));
    }

    [TestMethod]
    public void A_full_list_keeps_the_strongest()
    {
        WifiList list = new WifiList();
        for (int i = 0; i < 2 * WifiList.Capacity; i++)
        {
            list.Add("n" + i.ToString(), -90 + i);
        }

        list.Add("weak", -91);

        Assert.AreEqual(WifiList.Capacity, list.Count);
        Assert.AreEqual("n23", list.Name(0));
        Assert.AreEqual(-67, list.Signal(0));
        Assert.AreEqual("n12", list.Name(WifiList.Capacity - 1));
    }

    private static string Text(WifiList list)
    {
        string text = "";
        for (int i = 0; i < list.Count; i++)
        {
            text += list.Name(i) + list.Signal(i).ToString() + " ";
        }

        return text;
    }
}
