using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Costs;

/// <summary>An hour of steady state of both designs against one API server.</summary>
internal sealed class WireComparison
{
    /// <summary>The simulated time that is measured.</summary>
    public const int Minutes = 60;

    private const int Changes = 20;

    private WireComparison(string title, bool tracksFields, WireSetup setup, int tokenBytes, SideCosts design, SideCosts naive)
    {
        Title = title;
        TracksFields = tracksFields;
        Setup = setup;
        TokenBytes = tokenBytes;
        Design = design;
        Naive = naive;
    }

    public string Title { get; }

    /// <summary>Gets whether the server keeps track of who set which field, as real ones do.</summary>
    public bool TracksFields { get; }

    public WireSetup Setup { get; }

    /// <summary>Gets the bytes that the token takes of each request, its header's name included; 0 where there is none.</summary>
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
    /// <param name="setup">How both sign in; certificates are a control plane's alone.</param>
    public static async Task<WireComparison> MeasureAsync(BenchCluster cluster, WireSetup setup)
    {
        string[] names = setup.NodeNames;
        IReadOnlyDictionary<string, string> tokens = await FleetIdentities.CreateAsync(cluster, names, hasOwnRights: true);
        TlsIdentity?[] identities = setup.HasCertificate
            ? [await NodeCertificate.CreateAsync((ControlPlane)cluster, names[0]), await NodeCertificate.CreateAsync((ControlPlane)cluster, names[1])]
            : [null, null];
        SideCosts design = await MeasureDesignAsync(cluster, setup, names[0], setup.HasCertificate ? null : tokens[names[0]], identities[0]);
        SideCosts naive = MeasureNaive(cluster, setup, names[1], setup.HasCertificate ? null : tokens[names[1]], identities[1]);
        int tokenBytes = setup.HasCertificate ? 0 : "Authorization: Bearer \r\n".Length + tokens[names[0]].Length;
        return new WireComparison($"{cluster.Name}, {setup.Title}", cluster is ControlPlane, setup, tokenBytes, design, naive);
    }

    private static async Task<SideCosts> MeasureDesignAsync(BenchCluster cluster, WireSetup setup, string name, string? token, TlsIdentity? identity)
    {
        using X509Certificate2? certificate = identity is null ? null : NodeCertificate.Load(identity);
        using WireRelay relay = new(cluster, setup.UsesTls, certificate);
        BenchBoard board = new(name, relay.Url, relay.CaPem, token, identity, setup.Watches);
        AllocationCounts allocations = new(board);
        WatchedTime watched = new(board, relay);
        Action<long> pass = setup.Watches ? milliseconds => watched.Run(milliseconds, allocations.Note) : milliseconds => board.Run(milliseconds, allocations.Note);

        // Registration, the first look at the ConfigMap, and what the runtime makes at first use.
        board.Run(2 * 60 * 1000, allocations.Note);
        pass(8 * 60 * 1000);
        allocations.Reset();
        relay.Reset();
        pass(Minutes * 60 * 1000);
        SideCosts costs = new(relay, Minutes, board.Watches.Count * WatchedTime.BookmarkBytesPerMinute) { Failures = board.State.HeartbeatsFailed };
        for (int i = 0; i < Changes && !setup.Watches; i++)
        {
            JsonObject data = new() { ["node.labels"] = $"room=kitchen{i}" };
            await cluster.PatchAsync($"/api/v1/namespaces/{FleetIdentities.Namespace}/configmaps/{name}", new JsonObject { ["data"] = data });
            board.Run(60 * 1000, allocations.Note);
        }

        foreach (string kind in allocations.Kinds)
        {
            costs.Allocations[kind] = allocations.Of(kind) ?? 0;
        }

        board.Close();
        return costs;
    }

    private static SideCosts MeasureNaive(BenchCluster cluster, WireSetup setup, string name, string? token, TlsIdentity? identity)
    {
        using X509Certificate2? certificate = identity is null ? null : NodeCertificate.Load(identity);
        using WireRelay relay = new(cluster, setup.UsesTls, certificate);
        using NaiveBoard board = new(name, relay.Url, relay.CaPem, token, certificate);
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
