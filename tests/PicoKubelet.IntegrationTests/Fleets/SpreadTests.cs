using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.IntegrationTests.Fleets;

/// <summary>How <c>fleet</c> tells whether heartbeats are spread.</summary>
[TestClass]
public class SpreadTests
{
    [TestMethod]
    public void Heartbeats_that_come_together_each_ten_seconds_are_told()
    {
        Spread spread = new(Enumerable.Range(0, 100).Select(second => second % 10 == 0 ? 100 : 0));
        Assert.AreEqual(10, spread.Mean);
        Assert.AreEqual(10, spread.Ratio);
        Assert.IsGreaterThan(0.85, spread.Autocorrelation(10));
        Assert.IsLessThan(0, spread.Autocorrelation(5));
    }

    [TestMethod]
    public void Heartbeats_that_know_nothing_of_each_other_are_told()
    {
        Random random = new(1);
        Spread spread = new(Enumerable.Range(0, 1000).Select(_ => random.Next(90, 110)));
        Assert.IsLessThan(1.2, spread.Ratio);
        Assert.IsLessThan(0.1, Math.Abs(spread.Autocorrelation(10)));
    }

    [TestMethod]
    public void Nothing_is_no_peak()
    {
        Assert.AreEqual(0, new Spread([]).Ratio);
        Assert.AreEqual(0, new Spread([0, 0]).Autocorrelation(1));
    }
}
