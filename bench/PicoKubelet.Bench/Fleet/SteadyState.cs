namespace PicoKubelet.Bench.Fleet;

/// <summary>What a fleet took while all was well.</summary>
internal sealed class SteadyState
{
    private readonly List<(string Name, string Format, double Value)> _figures = [];

    /// <summary>Gets how often a node was Ready and then was not.</summary>
    public int Lost { get; private init; }

    /// <summary>Gets the number of heartbeats that failed.</summary>
    public long Failed { get; private init; }

    /// <summary>Gets how evenly the heartbeats are spread.</summary>
    public Spread Writes { get; private init; } = new([]);

    /// <summary>Gets how evenly all requests of the boards are spread.</summary>
    public Spread Requests { get; private init; } = new([]);

    /// <summary>Gets the figures: their names, how they are written, their values.</summary>
    public IReadOnlyList<(string Name, string Format, double Value)> Figures => _figures;

    /// <summary>Watches a fleet for a while.</summary>
    public static async Task<SteadyState> WatchAsync(ControlPlane plane, BoardFleet fleet, NodeWatch nodes, TimeSpan time, CancellationToken stop)
    {
        int lost = nodes.Lost;
        long failed = fleet.HeartbeatsFailed;
        (long sent, long received) = fleet.Bytes;
        (long sentTls, long receivedTls) = fleet.TlsBytes;
        PlaneSnapshot before = await PlaneSnapshot.TakeAsync(plane);
        using RequestPulse pulse = new(fleet);
        await Task.Delay(time, stop);
        pulse.Dispose();
        PlaneSnapshot after = await PlaneSnapshot.TakeAsync(plane);
        (long sentAfter, long receivedAfter) = fleet.Bytes;
        (long sentTlsAfter, long receivedTlsAfter) = fleet.TlsBytes;
        double seconds = (after.At - before.At).TotalSeconds;

        SteadyState state = new() { Lost = nodes.Lost - lost, Failed = fleet.HeartbeatsFailed - failed, Writes = pulse.Writes(), Requests = pulse.Requests() };
        IReadOnlyList<PulseSecond> pulses = pulse.Seconds();
        state.Add("requests/s sent by the boards", "F1", pulses.Average(second => second.Requests));
        state.Add("most within one second", "F0", pulses.Max(second => second.Requests));
        state.Add("that as a multiple of the mean", "F2", state.Requests.Ratio);
        state.Add("heartbeats/s taken", "F1", state.Writes.Mean);
        state.Add("most heartbeats within one second", "F0", state.Writes.Peak);
        state.Add("peak as a multiple of the mean", "F2", state.Writes.Ratio);
        state.Add("ms counted in one, at most", "F0", pulse.Latest);
        state.Add("autocorrelation of heartbeats at 10 s", "F2", state.Writes.Autocorrelation(10));
        state.Add("requests/s at kube-apiserver, all clients", "F1", after.Rate("requests", before));
        foreach (string resource in (string[])["leases", "nodes", "configmaps", "pods"])
        {
            state.Add("of them " + resource, "F1", after.Rate("requests " + resource, before));
        }

        state.Add("of them refused (4xx, 5xx)", "F2", after.Rate("requests refused", before));
        state.Add("kB/s from the boards (HTTP)", "F1", (sentAfter - sent) / seconds / 1000);
        state.Add("kB/s to the boards (HTTP)", "F1", (receivedAfter - received) / seconds / 1000);
        double nodeMinutes = fleet.Boards.Count * seconds / 60;
        state.Add("bytes a node and minute from the board (TLS, watches too)", "F0", (sentTlsAfter - sentTls) / nodeMinutes);
        state.Add("bytes a node and minute to the board (TLS, watches too)", "F0", (receivedTlsAfter - receivedTls) / nodeMinutes);
        state.Add("ms a heartbeat, mean since the start", "F1", fleet.MeanMilliseconds);
        state.Add("writes/s in etcd", "F1", after.Rate("etcd_mvcc_put_total", before));
        state.Add("kB/s into etcd (gRPC)", "F1", after.Rate("etcd_network_client_grpc_received_bytes_total", before) / 1000);
        state.Add("fsyncs/s of etcd's log", "F1", after.Rate("etcd_disk_wal_fsync_duration_seconds_count", before));
        foreach (string program in (string[])["kube-apiserver", "etcd", "kube-controller-manager", .. plane.HasScheduler ? [PlaneSnapshot.Scheduler] : (string[])[], "fleet"])
        {
            state.Add($"CPU % of {program}", "F1", after.Rate("cpu " + program, before) * 100);
        }

        foreach (string program in (string[])["kube-apiserver", "etcd", "fleet"])
        {
            state.Add($"MB of {program}", "F0", after["VmRSS " + program] / 1024);
        }

        state.Add("threads of fleet", "F0", after["Threads fleet"]);
        return state;
    }

    private void Add(string name, string format, double value) => _figures.Add((name, format, value));
}
