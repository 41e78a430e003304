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
    public static Command Create(Func<ParseResult, string, Func<Report, Task<List<string>>>, Task<int>> print)
    {
        Command command = new("costs", "Bytes on the wire and on the heap, side by side with the naive design. With KUBEBUILDER_ASSETS, against a real kube-apiserver too.");
        command.SetAction((parsed, _) => print(parsed, "Costs", RunAsync));
        return command;
    }

    private static async Task<List<string>> RunAsync(Report report)
    {
        if (ControlPlane.IsAvailable && ControlPlaneAssets.FindFault() is { } fault)
        {
            return [fault];
        }

        List<WireComparison> comparisons = [];
        await using (BenchCluster embedded = await BenchCluster.StartEmbeddedAsync())
        {
            comparisons.Add(await WireComparison.MeasureAsync(embedded, usesTls: false));
        }

        if (ControlPlane.IsAvailable)
        {
            await using ControlPlane real = await ControlPlane.StartAsync();
            comparisons.Add(await WireComparison.MeasureAsync(real, usesTls: false));
            comparisons.Add(await WireComparison.MeasureAsync(real, usesTls: true));
        }
        else
        {
            report.Text($"{ControlPlane.AssetsVariable} is not set: what a real kube-apiserver takes is left out.");
        }

        comparisons.ForEach(comparison => WireTables.Write(report, comparison));
        WireTables.WriteAllocations(report, comparisons[0]);
        IReadOnlyList<EndpointCost> endpoints = await EndpointCost.MeasureAllAsync();
        WireTables.WriteEndpoints(report, endpoints);
        return CostBounds.Find(comparisons, endpoints);
    }
}
