using nanoFramework.TestFramework;
using PicoKubelet.Http.Server;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class ListenerTests
{
    [TestMethod]
    public void Grace_stays_a_second_however_many_are_served()
    {
        Listener listener = new Listener("port", null, 10250, 1, null, new ManualClock(), null);
        for (int i = 0; i < 40; i++)
        {
            listener.NoteServed();
            Assert.AreEqual(1000, listener.Grace);
        }
    }
}
