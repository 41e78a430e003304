using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.Bench.Fleet;

/// <summary>Virtual boards in this process, each with an address and an identity of its own, and what they send.</summary>
internal sealed class BoardFleet : IAsyncDisposable
{
    // Loopback addresses that nothing else uses; all boards listen on the kubelet's own port.
    private const string FirstAddress = "127.64.0.1";

    private readonly long[] _seen;
    private readonly long[] _seenWrites;
    private readonly bool[] _hasSent;

    /// <param name="cluster">The cluster that they join.</param>
    /// <param name="tokens">Their tokens, by name.</param>
    /// <param name="mode">The way of their heartbeats, <c>lease</c> or <c>status</c>.</param>
    /// <param name="certificates">Their certificates, by name, in place of the tokens; or null.</param>
    /// <param name="offersPods">Whether they take pods.</param>
    public BoardFleet(
        BenchCluster cluster, IReadOnlyDictionary<string, string> tokens, string mode, IReadOnlyDictionary<string, TlsIdentity>? certificates = null, bool offersPods = false)
    {
        Boards =
        [
            .. tokens.Select((pair, index) => new SimulatedBoard(new BoardOptions
            {
                Name = pair.Key,
                ApiServer = cluster.Url,
                CaPem = cluster.CaPem,
                Token = certificates is null ? pair.Value : null,
                ClientCertificate = certificates?[pair.Key].Certificate,
                ClientKey = certificates?[pair.Key].Key,
                OffersPods = offersPods,
                Address = SimulatedAddresses.At(FirstAddress, index),
                KubeletPort = null,
                Mode = mode,
            })),
        ];
        _seen = new long[Boards.Count];
        _seenWrites = new long[Boards.Count];
        _hasSent = new bool[Boards.Count];
    }

    public IReadOnlyList<SimulatedBoard> Boards { get; }

    /// <summary>Gets the number of heartbeats that failed since each board's start.</summary>
    public long HeartbeatsFailed => Boards.Sum(board => board.State.HeartbeatsFailed);

    /// <summary>Gets how many boards the API server took a heartbeat of since a moment.</summary>
    /// <param name="since">In the PC's monotonic clock's milliseconds.</param>
    public int CountHeartbeats(long since) => Boards.Count(board => board.State.LastHeartbeat >= since && board.State.IsRegistered && board.State.LastError is null);

    /// <summary>Gets the mean time of a heartbeat, from the request to the end of the reply, milliseconds.</summary>
    public double MeanMilliseconds
    {
        get
        {
            long count = Boards.Sum(board => board.State.Leases.Sent + board.State.Statuses.Sent);
            long time = Boards.Sum(board => board.State.Leases.TotalMilliseconds + board.State.Statuses.TotalMilliseconds);
            return count == 0 ? 0 : (double)time / count;
        }
    }

    /// <summary>Gets the bytes of HTTP that were sent and received since each board's start.</summary>
    public (long Sent, long Received) Bytes => (
        Boards.Sum(board => board.ApiStatistics?.BytesSent ?? 0),
        Boards.Sum(board => board.ApiStatistics?.BytesReceived ?? 0));

    /// <summary>Gets the bytes of TLS that were sent and received since the boards exist, those of watches too.</summary>
    public (long Sent, long Received) TlsBytes => (Boards.Sum(board => board.TlsBytes.Sent), Boards.Sum(board => board.TlsBytes.Received));

    /// <summary>Switches all on at once.</summary>
    public void Start()
    {
        Array.Clear(_hasSent);
        foreach (SimulatedBoard board in Boards)
        {
            board.Start();
        }
    }

    /// <summary>Cuts the power of all.</summary>
    public void Stop() => Parallel.ForEach(Boards, new ParallelOptions { MaxDegreeOfParallelism = 64 }, board => board.Stop());

    /// <summary>Counts what was sent since the last call.</summary>
    /// <returns>The requests, the boards for which it was the first one since they were switched on, and the heartbeats that were taken.</returns>
    public (int Requests, int First, int Writes) TakeRequests()
    {
        int requests = 0;
        int writes = 0;
        int first = 0;
        for (int i = 0; i < Boards.Count; i++)
        {
            int sent = Grown(Boards[i].ApiStatistics?.Requests ?? 0, ref _seen[i]);
            requests += sent;
            writes += Grown(Boards[i].State.Leases.Sent + Boards[i].State.Statuses.Sent, ref _seenWrites[i]);
            if (sent > 0 && !_hasSent[i])
            {
                _hasSent[i] = true;
                first++;
            }
        }

        return (requests, first, writes);
    }

    public ValueTask DisposeAsync() => new(Task.Run(Stop));

    // A firmware that started anew counts anew.
    private static int Grown(long now, ref long seen)
    {
        int grown = (int)(now < seen ? now : now - seen);
        seen = now;
        return grown;
    }
}
