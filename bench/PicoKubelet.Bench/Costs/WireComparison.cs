using System.Text.Json.Nodes;
using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.Bench.Costs;

/// <summary>An hour of steady state of both designs against one API server.</summary>
internal sealed class WireComparison
{
    /// <summary>The simulated time that is measured.</summary>
    public const int Minutes = 60;

    private const int Changes = 20;
    private WireComparison(string title, bool tracksFields, bool usesTls, int tokenBytes, SideCosts design, SideCosts naive)
    {
        Title = title;
        TracksFields = tracksFields;
        UsesTls = usesTls;
        TokenBytes = tokenBytes;
        Design = design;
        Naive = naive;
    }

    public string Title { get; }

    /// <summary>Gets whether the server keeps track of who set which field, as real ones do.</summary>
    public bool TracksFields { get; }

    public bool UsesTls { get; }

    /// <summary>Gets the bytes that the token takes of each request, its header's name included.</summary>
    public int TokenBytes { get; }

    public SideCosts Design { get; }

    public SideCosts Naive { get; }

    /// <summary>Gets the design's bytes as a share of the other's.</summary>
    public double Ratio => Design.BytesPerMinute / Naive.BytesPerMinute;

    /// <summary>Gets the same without the token, which both send with each request alike.</summary>
    public double RatioWithoutToken => Design.WithoutToken(TokenBytes) / Naive.WithoutToken(TokenBytes);

    /// <summary>Gets the same of what TLS made of it, handshakes included.</summary>
    public double RatioOverTls => Design.TlsBytesPerMinute / Naive.TlsBytesPerMinute;

    /// <summary>Measures both, one after the other: each with a Node, a ConfigMap and a token of its own, all alike.</summary>
    /// <param name="cluster">The server.</param>
    /// <param name="usesTls">Whether both speak TLS.</param>
    public static async Task<WireComparison> MeasureAsync(BenchCluster cluster, bool usesTls)
    {
        string[] names = usesTls ? ["pico-node-1", "pico-node-2"] : ["pico-node-3", "pico-node-4"];
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(cluster, names, hasOwnRights: true);
        using WireRelay relay = new(cluster, usesTls);
        SideCosts design = await MeasureDesignAsync(cluster, relay, names[0], tokens[names[0]]);
        SideCosts naive = MeasureNaive(relay, names[1], tokens[names[1]]);
        int tokenBytes = "Authorization: Bearer \r\n".Length + tokens[names[0]].Length;
        return new WireComparison($"{cluster.Name}, {(usesTls ? "TLS" : "plain HTTP to a proxy")}", cluster is ControlPlane, usesTls, tokenBytes, design, naive);
    }

    private static async Task<SideCosts> MeasureDesignAsync(BenchCluster cluster, WireRelay relay, string name, string token)
    {
        BenchBoard board = new(name, relay.Url, relay.CaPem, token);
        AllocationCounts allocations = new(board);

        // Registration, the first look at the ConfigMap, and what the runtime makes at first use.
        board.Run(10 * 60 * 1000, allocations.Note);
        allocations.Reset();
        relay.Reset();
        board.Run(Minutes * 60 * 1000, allocations.Note);
        SideCosts costs = new(relay, Minutes) { Failures = board.State.HeartbeatsFailed };
        for (int i = 0; i < Changes; i++)
        {
            JsonObject data = new() { ["node.labels"] = $"room=kitchen{i}" };
            await cluster.PatchAsync($"/api/v1/namespaces/{FleetIdentities.Namespace}/configmaps/{name}", new JsonObject { ["data"] = data });
            board.Run(60 * 1000, allocations.Note);
        }

        foreach (string kind in allocations.Kinds)
        {
            costs.Allocations[kind] = allocations.Of(kind)!.Value;
        }

        board.Close();
        return costs;
    }

    private static SideCosts MeasureNaive(WireRelay relay, string name, string token)
    {
        using NaiveBoard board = new(name, relay.Url, relay.CaPem, token);
        board.Register();
        board.ReportStatus();
        board.Poll();
        relay.Reset();
        long statuses = 0;
        long polls = 0;
        for (int minute = 0; minute < Minutes; minute++)
        {
            for (int i = 0; i < 6; i++)
            {
                statuses += board.ReportStatus();
            }

            polls += board.Poll() + board.Poll();
        }

        SideCosts costs = new(relay, Minutes);
        costs.Allocations["status"] = statuses / (Minutes * 6.0);
        costs.Allocations["poll"] = polls / (Minutes * 2.0);
        return costs;
    }
}
