using System.Globalization;
using System.Text.RegularExpressions;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Logging;

namespace PicoKubelet.Bench.Faults;

/// <summary>Runs a scenario once, in simulated time.</summary>
internal sealed partial class FaultRun
{
    /// <summary>The most requests in ten seconds: the first seven tries of the backoff, one sent twice, and a whole registration.</summary>
    public const int MaxPeak = 20;

    // A ConfigMap, the first poll and report, and the stored configuration: all behind us.
    private const int SteadyAfter = 150_000;
    private const int Measured = 600_000;
    private const int GiveUp = 900_000;
    private const int PeakWindow = 10_000;
    private const int MaxLogLines = 8;

    private readonly FaultScenario _scenario;
    private readonly FaultStage _stage;
    private readonly VirtualNode _node;
    private readonly List<string> _seen = [];
    private string _lastSeen = "True";
    private long _began;
    private long _ended;
    private long _ready = -1;

    private FaultRun(FaultScenario scenario, int seed)
    {
        _scenario = scenario;
        _stage = new FaultStage(new VirtualNode(seed), new Random(seed));
        _node = _stage.Node;
    }

    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">What all chance comes from.</param>
    /// <returns>What it did.</returns>
    public static FaultResult Run(FaultScenario scenario, int seed) => new FaultRun(scenario, seed).Run();

    private FaultResult Run()
    {
        _node.Cluster.SetConfigMap(("node.labels", "room=kitchen"), ("memory_values", "0=1"));
        _node.Run(SteadyAfter);
        _stage.Require(_node.Cluster.Ready == "True", "not Ready before the fault");
        double bytesBefore = MeasureHeartbeat();

        // At some moment between two heartbeats.
        _node.Run(_stage.Random.Next(11_000));
        int boots = _node.Boots;
        _node.Wire.Requests.Clear();
        _node.Device.Log.Clear();
        _node.Wire.Served = Look;
        _began = _node.Time.Milliseconds;
        _ended = long.MaxValue;
        _scenario.Begin(_stage);
        _node.Time.Every(1000, () => Look(null));
        _node.Run(_scenario.Seconds * 1000L);

        int requests = _node.Wire.Requests.Count;
        _stage.HasEnded = true;
        _ended = _node.Time.Milliseconds;
        _scenario.End(_stage);
        _node.RunWhile(() => _ready < 0, GiveUp);
        _node.Run(SteadyAfter);
        return Sum(requests, _node.Boots - boots, bytesBefore);
    }

    private FaultResult Sum(int requests, int reboots, double bytesBefore)
    {
        IReadOnlyList<string> log = DistinctLines();
        int peak = Peak();
        int openSockets = Math.Max(_node.Wire.OpenSockets, _node.Wire.OpenStreams);
        double mostBytes = bytesBefore + 1 + (bytesBefore / 50);
        double bytesAfter = MeasureHeartbeat();

        // A collection that another thread asked for blurs the count, always upwards; what the firmware allocates, it does each time.
        for (int i = 0; i < 2 && bytesAfter > mostBytes; i++)
        {
            bytesAfter = Math.Min(bytesAfter, MeasureHeartbeat());
        }

        double secondsToReady = _ready < 0 ? -1 : (_ready - _ended) / 1000.0;
        string? check = _scenario.Check?.Invoke(_stage);
        _stage.Require(check is null, check ?? "");
        _stage.Require(_ready >= 0, "not Ready again");
        _stage.Require(secondsToReady <= _scenario.MaxSecondsToReady, $"back to Ready after {secondsToReady:F1} s, more than {_scenario.MaxSecondsToReady} s");
        _stage.Require(requests <= _scenario.MaxRequests, $"{requests} requests, more than {_scenario.MaxRequests}");
        _stage.Require(peak <= MaxPeak, $"{peak} requests in 10 s, more than {MaxPeak}");
        _stage.Require(reboots == _scenario.Reboots, $"{reboots} reboots, not {_scenario.Reboots}");
        _stage.Require(!_scenario.StaysReady || _seen.Count == 0, "not Ready all the time");
        _stage.Require(openSockets <= 1, $"{openSockets} sockets open");
        _stage.Require(bytesAfter <= mostBytes, $"{bytesAfter:F0} bytes a heartbeat, {bytesBefore:F0} before");
        return new FaultResult
        {
            Seen = _seen.Count == 0 ? "True" : "True, " + string.Join(", ", _seen),
            SecondsToReady = secondsToReady,
            Requests = requests,
            Peak = peak,
            Reboots = reboots,
            BytesBefore = bytesBefore,
            BytesAfter = bytesAfter,
            OpenSockets = openSockets,
            Log = log,
            Violations = _stage.Violations,
        };
    }

    /// <summary>Measures what the firmware allocates, by the Leases that it renews meanwhile.</summary>
    private double MeasureHeartbeat()
    {
        _node.Wire.Requests.Clear();
        long before = _node.Allocations.Bytes;
        _node.Run(Measured);
        int leases = _node.Wire.Requests.Count(request => request.Path.Contains("/leases", StringComparison.Ordinal));
        return (double)(_node.Allocations.Bytes - before) / Math.Max(1, leases);
    }

    private void Look(ServedRequest? served)
    {
        string ready = _node.Cluster.Ready;
        long now = _node.Time.Milliseconds;
        if (ready != _lastSeen && _ready < 0)
        {
            _lastSeen = ready;
            _seen.Add($"{ready} at {(now - _began) / 1000} s");
        }

        if (_ready < 0 && now >= _ended && ready == "True" && served is { IsHeartbeat: true })
        {
            _ready = now;
        }
    }

    private int Peak()
    {
        List<ServedRequest> requests = _node.Wire.Requests;
        int peak = 0;
        int first = 0;
        for (int i = 0; i < requests.Count; i++)
        {
            while (requests[i].At - requests[first].At > PeakWindow)
            {
                first++;
            }

            peak = Math.Max(peak, i - first + 1);
        }

        return peak;
    }

    private List<string> DistinctLines()
    {
        var lines = _node.Device.Log
            .Where(line => line.Level != LogLevel.Debug)
            .GroupBy(line => Variable().Replace(Time().Replace(line.Line, ""), "$1…"))
            .Select(group => group.Count() == 1 ? group.Key : string.Create(CultureInfo.InvariantCulture, $"{group.Key} ({group.Count()} times)"))
            .ToList();
        return lines.Count <= MaxLogLines ? lines : [.. lines.Take(MaxLogLines), $"and {lines.Count - MaxLogLines} others"];
    }

    // What differs from line to line though they say the same.
    [GeneratedRegex(@"(resourceVersion=|resourceVersion |address=192\.168\.)[\d.]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^time=\S+ ")]
    private static partial Regex Time();
}
