using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Text;

[TestClass]
public class LongTextTests
{
    [TestMethod]
    public void It_takes_more_than_the_device_s_StringBuilder()
    {
        LongText text = new LongText();
        string line = new string('x', 999);

        for (int i = 0; i < 40; i++)
        {
            text.Append(line);
            text.Append("\n");
        }

        text.Append("end");
        Assert.AreEqual(40003, text.ToString().Length);
        Assert.AreEqual(999, text.ToString().IndexOf('\n'));
        Assert.IsTrue(text.ToString().EndsWith("\nend"));
    }
}
