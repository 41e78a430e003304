using System;
using PicoKubelet.Time;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class BackoffTests
{
    [TestMethod]
    [DataRow(100, 7000)]
    [DataRow(1, 1)]
    [DataRow(3, 1000)]
    [DataRow(200, 10000)]
    public void Each_wait_is_from_the_upper_half_of_a_bound_that_doubles(int first, int longest)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new Random(seed);
            int ceiling = 0;
            int bound = first;
            for (int i = 0; i < 20; i++)
            {
                int wait = Backoff.Next(ref ceiling, first, longest, random);
                Assert.IsTrue(wait >= bound / 2 && wait <= bound, wait.ToString());
                bound = bound * 2 > longest ? longest : bound * 2;
            }

            ceiling = 0;
            Assert.IsTrue(Backoff.Next(ref ceiling, first, longest, random) <= first);
            Assert.IsTrue(Backoff.Next(ref ceiling, first, longest, random) <= first * 2);
        }
    }

    [TestMethod]
    public void Boards_do_not_wait_alike()
    {
        int lowest = int.MaxValue;
        int highest = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            int ceiling = 0;
            int wait = Backoff.Next(ref ceiling, 1000, 1000, new Random(seed));
            lowest = wait < lowest ? wait : lowest;
            highest = wait > highest ? wait : highest;
        }

        Assert.IsTrue(lowest < 550, lowest.ToString());
        Assert.IsTrue(highest > 950, highest.ToString());
    }
}
