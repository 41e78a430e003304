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
        report.Progress.Phase($"an hour of both designs against the embedded API server");
        await using (BenchCluster embedded = await BenchCluster.StartEmbeddedAsync())
        {
            comparisons.Add(await WireComparison.MeasureAsync(embedded, usesTls: false));
        }

        if (ControlPlane.IsAvailable)
        {
            report.Stop.ThrowIfCancellationRequested();
            report.Progress.Phase($"a control plane starts");
            await using ControlPlane real = await ControlPlane.StartAsync(report.Stop);
            report.Progress.Phase($"an hour of both designs against it, plain HTTP");
            comparisons.Add(await WireComparison.MeasureAsync(real, usesTls: false));
            report.Stop.ThrowIfCancellationRequested();
            report.Progress.Phase($"an hour of both designs against it, TLS");
            comparisons.Add(await WireComparison.MeasureAsync(real, usesTls: true));
        }
        else
        {
            report.Text($"{ControlPlane.AssetsVariable} is not set: what a real kube-apiserver takes is left out.");
        }

        WireTables.WriteBounds(report, comparisons);
        comparisons.ForEach(comparison => WireTables.Write(report, comparison));
        WireTables.WriteAllocations(report, comparisons[0]);
        report.Stop.ThrowIfCancellationRequested();
        report.Progress.Phase($"requests to the node's port");
        IReadOnlyList<EndpointCost> endpoints = await EndpointCost.MeasureAllAsync();
        WireTables.WriteEndpoints(report, endpoints);
        return CostBounds.Find(comparisons, endpoints);
    }
}
