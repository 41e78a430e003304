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
        AssertBounds(await WireComparison.MeasureAsync(cluster, WireSetup.Proxy), []);
    }

    [TestMethod]
    public async Task What_is_shown_has_a_bound()
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        WireComparison comparison = await WireComparison.MeasureAsync(cluster, WireSetup.Token);
        AssertBounds(comparison, []);
        Assert.AreEqual(comparison.RatioOverTls, CostBounds.Of(comparison).Single().Ratio);
        Assert.IsFalse(new WireBound("", 0.31, 0.3).Holds);
    }

    [TestMethod]
    public async Task With_a_certificate_a_real_kube_apiserver_sees_a_fifth_of_the_naive_designs_bytes_and_fewer_than_of_a_kubelets_pattern()
    {
        await using ControlPlane cluster = await StartControlPlaneAsync();
        WireComparison comparison = await WireComparison.MeasureAsync(cluster, WireSetup.Certificate);
        AssertBounds(comparison, []);

        // Half of a Lease's reply would be who set which field.
        WireCounts leases = comparison.Design.Purposes["Lease"];
        Assert.IsLessThan(450, leases.ReplyBody / leases.Requests);

        string node = WireSetup.Certificate.NodeNames[0];
        double kubelet = await KubeletPattern.MeasureAsync(cluster, node, await NodeCertificate.CreateAsync(cluster, node));
        Assert.IsLessThan(kubelet, comparison.Design.TlsBytesPerMinute);
    }

    [TestMethod]
    public async Task With_a_token_a_board_that_watches_its_Node_and_ConfigMap_sends_a_quarter_of_the_naive_designs_bytes()
    {
        await using ControlPlane cluster = await StartControlPlaneAsync();
        AssertBounds(await WireComparison.MeasureAsync(cluster, WireSetup.WatchingWithToken), []);
    }

    [TestMethod]
    public async Task With_a_token_a_board_without_room_for_watches_sends_no_more_than_was_measured()
    {
        await using ControlPlane cluster = await StartControlPlaneAsync();
        AssertBounds(await WireComparison.MeasureAsync(cluster, WireSetup.Token), []);
    }

    [TestMethod]
    public async Task A_request_to_the_nodes_port_allocates_its_endpoint_and_its_line_in_the_log_alone()
    {
        IReadOnlyList<EndpointCost> endpoints = await EndpointCost.MeasureAllAsync();
        AssertBounds(null, endpoints);
        Assert.IsTrue(endpoints.All(endpoint => endpoint.Status is 200 or 404 or 501), string.Join(' ', endpoints));
    }

    private static async Task<ControlPlane> StartControlPlaneAsync()
    {
        if (!ControlPlane.IsAvailable)
        {
            Assert.Inconclusive($"{ControlPlane.AssetsVariable} is not set.");
        }

        return await ControlPlane.StartAsync();
    }

    private static void AssertBounds(WireComparison? comparison, IReadOnlyList<EndpointCost> endpoints)
    {
        List<string> broken = CostBounds.Find(comparison is null ? [] : [comparison], endpoints);
        Assert.IsEmpty(broken, string.Join('\n', broken));
    }
}
