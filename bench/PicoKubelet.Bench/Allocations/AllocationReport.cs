using PicoKubelet.ApiServer;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Allocations;

/// <summary>What requests to the kubelet's port and polls of the ConfigMap allocate.</summary>
internal static class AllocationReport
{
    public static async Task<List<string>> RunAsync(Report report)
    {
        // A board that is a node of an embedded API server, as in life; its log is built and thrown away.
        await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = false });
        await using SimulatedBoard board = new(new BoardOptions
        {
            Name = "bench",
            ApiServer = server.Url,
            Token = server.AdminToken ?? "none",
            Address = "127.0.88.1",
            KubeletToken = RequestBench.Token,
        });
        board.Start();
        for (int i = 0; i < 200 && !board.State.IsRegistered; i++)
        {
            await Task.Delay(100);
        }

        report.Table(
            ["endpoint", "B answered", "B allocated", "again", "requests/s"],
            [.. RequestBench.Paths.Select(path => RequestBench.Measure(board, path)), PollBench.Measure(), ["/healthz, 4 clients", "", "", "", $"{RequestBench.MeasureParallel(board, "/healthz", 4):F0}"]]);
        return [];
    }
}
