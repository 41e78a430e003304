using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.IntegrationTests.Costs;

/// <summary>What a node takes of the wire and of the heap, as <c>costs</c> measures it.</summary>
[TestClass]
public class CostTests
{
    [TestMethod]
    public async Task The_embedded_API_server_sees_a_share_of_the_naive_designs_bytes()
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        AssertBounds(await WireComparison.MeasureAsync(cluster, usesTls: false), []);
    }

    [TestMethod]
    public async Task What_is_shown_has_a_bound_with_the_token_and_without_it()
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        WireComparison comparison = await WireComparison.MeasureAsync(cluster, usesTls: true);
        AssertBounds(comparison, []);
        double[] shown = [comparison.RatioWithoutToken, comparison.Ratio, comparison.RatioOverTls];
        CollectionAssert.AreEqual(shown, CostBounds.Of(comparison).Select(bound => bound.Ratio).ToArray());
        Assert.IsFalse(new WireBound("", 0.31, 0.3).Holds);
    }

    [TestMethod]
    public async Task A_real_kube_apiserver_sees_a_third_of_the_naive_designs_bytes_and_little_more_with_the_token()
    {
        if (!ControlPlane.IsAvailable)
        {
            Assert.Inconclusive($"{ControlPlane.AssetsVariable} is not set.");
        }

        await using ControlPlane cluster = await ControlPlane.StartAsync();
        WireComparison comparison = await WireComparison.MeasureAsync(cluster, usesTls: true);
        AssertBounds(comparison, []);

        // Half of a Lease's reply would be who set which field.
        WireCounts leases = comparison.Design.Purposes["Lease"];
        Assert.IsLessThan(450, leases.ReplyBody / leases.Requests);
    }

    [TestMethod]
    public async Task A_request_to_the_nodes_port_allocates_its_line_in_the_log_alone()
    {
        IReadOnlyList<EndpointCost> endpoints = await EndpointCost.MeasureAllAsync();
        AssertBounds(null, endpoints);
        Assert.IsTrue(endpoints.All(endpoint => endpoint.Status is 200 or 404 or 501), string.Join(' ', endpoints));
    }

    private static void AssertBounds(WireComparison? comparison, IReadOnlyList<EndpointCost> endpoints)
    {
        List<string> broken = CostBounds.Find(comparison is null ? [] : [comparison], endpoints);
        Assert.IsEmpty(broken, string.Join('\n', broken));
    }
}
