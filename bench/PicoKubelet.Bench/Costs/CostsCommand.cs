using System.CommandLine;
using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.Bench.Costs;

/// <summary><c>costs</c>: what a node takes of the wire and of the heap, beside the naive design.</summary>
internal static class CostsCommand
{
    public static Command Create()
    {
        Option<string?> markdown = new("--markdown") { HelpName = "FILE", Description = "Write the tables to a Markdown file too." };
        Command command = new("costs", "Bytes on the wire and on the heap, side by side with the naive design. With KUBEBUILDER_ASSETS, against a real kube-apiserver too.") { markdown };
        command.SetAction(async (result, _) =>
        {
            Report report = new();
            await RunAsync(report);
            if (result.GetValue(markdown) is { } file)
            {
                await File.WriteAllTextAsync(file, report.Markdown);
            }

            return 0;
        });
        return command;
    }

    private static async Task RunAsync(Report report)
    {
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
            report.Line($"{ControlPlane.AssetsVariable} is not set: what a real kube-apiserver takes is left out.");
        }

        foreach (WireComparison comparison in comparisons)
        {
            WireTables.Write(report, comparison);
        }

        WireTables.WriteAllocations(report, comparisons[0]);
        await WriteEndpointsAsync(report);
    }

    private static async Task WriteEndpointsAsync(Report report)
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(cluster, ["bench"], hasOwnRights: true);
        BenchBoard board = new("bench", cluster.Url, cluster.CaPem, tokens["bench"]);
        board.Run(60 * 1000);
        report.Heading("A request to the node's port");
        report.Table(
            ["endpoint", "status", "B answered", "B allocated", "again"],
            EndpointCosts.Paths.Select(path =>
            {
                (int status, int answer, long first, long second) = EndpointCosts.Measure(board, path);
                return new[] { path, $"{status}", $"{answer}", $"{first}", $"{second}" };
            }));
        board.Close();
    }
}
