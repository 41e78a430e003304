using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.Bench.Costs;

/// <summary>What a request to one endpoint costs.</summary>
/// <param name="Path">The path.</param>
/// <param name="Status">What it was answered.</param>
/// <param name="Answered">The answer's bytes, head included.</param>
/// <param name="Allocated">The bytes allocated by one of a thousand requests.</param>
/// <param name="AllocatedAgain">The same by the next thousand.</param>
internal sealed record EndpointCost(string Path, int Status, int Answered, long Allocated, long AllocatedAgain)
{
    /// <summary>Measures all endpoints of a board that is a node.</summary>
    public static async Task<IReadOnlyList<EndpointCost>> MeasureAllAsync()
    {
        await using BenchCluster cluster = await BenchCluster.StartEmbeddedAsync();
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(cluster, ["bench"], hasOwnRights: true);
        BenchBoard board = new("bench", cluster.Url, cluster.CaPem, tokens["bench"]);
        board.Run(60 * 1000);
        EndpointCost[] costs = [.. EndpointProbe.Paths.Select(path => EndpointProbe.Measure(board, path))];
        board.Close();
        return costs;
    }
}
