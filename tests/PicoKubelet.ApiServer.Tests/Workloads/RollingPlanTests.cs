using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Workloads;

namespace PicoKubelet.ApiServer.Tests.Workloads;

[TestClass]
public sealed class RollingPlanTests
{
    [TestMethod]
    // replicas, surge, unavailable; the newest: wanted, available; the old one: wanted, available; then both sizes
    [DataRow(3, 1, 0, 0, 0, 3, 3, 1, 3)]
    [DataRow(3, 1, 0, 1, 0, 3, 3, 1, 3)]
    [DataRow(3, 1, 0, 1, 1, 3, 3, 1, 2)]
    [DataRow(3, 0, 1, 0, 0, 3, 3, 0, 2)]
    [DataRow(3, 0, 1, 1, 0, 2, 2, 1, 2)]
    [DataRow(3, 0, 0, 0, 0, 3, 3, 0, 2)]
    [DataRow(10, 3, 2, 0, 0, 10, 10, 3, 8)]
    [DataRow(3, 1, 0, 0, 0, 3, 0, 1, 3)]
    [DataRow(3, 1, 1, 0, 0, 3, 0, 1, 2)]
    [DataRow(2, 1, 0, 4, 4, 0, 0, 2, 0)]
    [DataRow(0, 0, 0, 3, 3, 2, 2, 0, 0)]
    public void TheNextStep(int replicas, int surge, int unavailable, int wanted, int available, int oldWanted, int oldAvailable, int newSize, int oldSize)
    {
        var plan = RollingPlan.Of(replicas, surge, unavailable, new SetSize(wanted, available), [new SetSize(oldWanted, oldAvailable)]);
        Assert.AreEqual(newSize, plan.Current);
        Assert.AreEqual(oldSize, plan.Old[0]);
    }

    [TestMethod]
    [DataRow("\"25%\"", 3, true, 1)]
    [DataRow("\"25%\"", 3, false, 0)]
    [DataRow("\"100%\"", 7, false, 7)]
    [DataRow("2", 7, false, 2)]
    public void Amounts(string value, int replicas, bool roundsUp, int amount) =>
        Assert.AreEqual(amount, RollingPlan.Amount(JsonNode.Parse(value), replicas, roundsUp));
}
