using System.CommandLine;
using PicoKubelet.Bench.Clusters;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Costs;

/// <summary><c>costs</c>: what a node takes of the wire and of the heap, beside the naive design.</summary>
internal static class CostsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="print">Runs it and shows its report, by the title.</param>
    public static Command Create(Func<ParseResult, CancellationToken, string, Func<Report, Task<List<string>>>, Task<int>> print)
    {
        Command command = new("costs", "Bytes on the wire and on the heap, side by side with the naive design. With KUBEBUILDER_ASSETS, against a real kube-apiserver too.");
        command.SetAction((parsed, stop) => print(parsed, stop, "Costs", RunAsync));
        return command;
    }

    private static async Task<List<string>> RunAsync(Report report)
    {
        if (ControlPlane.IsAvailable && ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        List<WireComparison> comparisons = [];
        double? kubelet = null;
        report.Progress.Phase($"an hour of both designs against the embedded API server");
        await using (BenchCluster embedded = await BenchCluster.StartEmbeddedAsync())
        {
            comparisons.Add(await WireComparison.MeasureAsync(embedded, WireSetup.Proxy));
        }

        if (ControlPlane.IsAvailable)
        {
            report.Stop.ThrowIfCancellationRequested();
            report.Progress.Phase($"a control plane starts");
            await using ControlPlane real = await ControlPlane.StartAsync(report.Stop);
            foreach (WireSetup setup in WireSetup.All)
            {
                report.Stop.ThrowIfCancellationRequested();
                report.Progress.Phase($"an hour of both designs against it, {setup.Title}");
                comparisons.Add(await WireComparison.MeasureAsync(real, setup));
            }

            string node = WireSetup.Certificate.NodeNames[0];
            kubelet = await KubeletPattern.MeasureAsync(real, node, await NodeCertificate.CreateAsync(real, node));
        }
        else
        {
            report.Text($"{ControlPlane.AssetsVariable} is not set: what a real kube-apiserver takes is left out.");
        }

        WireTables.WriteBounds(report, comparisons);
        comparisons.ForEach(comparison => WireTables.Write(report, comparison));
        if (kubelet is { } bytes)
        {
            report.Text($"A kubelet's pattern for such a Node, reading it and writing its Lease each 10 s in protobuf over HTTP/2: {bytes:F0} B/min as TLS records.");
        }

        WireTables.WriteAllocations(report, comparisons[0]);
        report.Stop.ThrowIfCancellationRequested();
        report.Progress.Phase($"requests to the node's port");
        IReadOnlyList<EndpointCost> endpoints = await EndpointCost.MeasureAllAsync();
        WireTables.WriteEndpoints(report, endpoints);
        return CostBounds.Find(comparisons, endpoints);
    }
}
