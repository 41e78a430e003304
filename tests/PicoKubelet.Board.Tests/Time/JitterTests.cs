using System;
using PicoKubelet.Time;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class JitterTests
{
    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(10, 10)]
    [DataRow(10000, 10400)]
    [DataRow(300000, 312000)]
    [DataRow(3600000, 3744000)]
    public void An_interval_is_lengthened_by_4_percent_at_most(int interval, int longest)
    {
        Random random = new Random(1);
        int lowest = int.MaxValue;
        int highest = 0;
        for (int i = 0; i < 500; i++)
        {
            int wait = Jitter.Lengthen(interval, random);
            Assert.IsTrue(wait >= interval && wait <= longest, wait.ToString());
            lowest = wait < lowest ? wait : lowest;
            highest = wait > highest ? wait : highest;
        }

        int tenth = (longest - interval) / 10;
        Assert.IsTrue(lowest <= interval + tenth);
        Assert.IsTrue(highest >= longest - tenth);
    }
}
