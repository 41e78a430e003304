using System.Diagnostics;
using System.Globalization;
using System.Text;
using PicoKubelet.Bench.Faults;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Bench.Soak;

/// <summary>A board through days of simulated time: a ConfigMap that is edited, metrics that are scraped, and faults by chance.</summary>
internal sealed class SoakRun
{
    private const long Day = 24L * 3600 * 1000;
    private const int Minute = 60 * 1000;
    private const int Measured = 10 * Minute;
    private const int Settling = 3 * Minute;
    private const int ScrapeInterval = Minute;

    private static readonly FaultScenario[] Faults = [.. FaultScenarios.All.Where(scenario => !scenario.NeedsItsOwnBoard)];
    private static readonly byte[] ScrapeRequest = Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {VirtualNode.KubeletToken}\r\n\r\n");

    private readonly int _days;
    private readonly Report _report;
    private readonly Random _random;
    private readonly VirtualNode _node;
    private readonly SoakPods? _pods;
    private readonly VirtualClient _scraper = new(32 * 1024);
    private readonly List<SoakDay> _results = [];
    private SoakDay _day = new();
    private IRequestHandler _handler;
    private int _handlerBoot;
    private long _scrapeBytes;
    private int _scrapes;
    private long _lastHeartbeat = -1;
    private bool _isEdited;
    private int _edits;

    public SoakRun(int days, int seed, bool hasPods, Report report)
    {
        _report = report;
        _days = days;
        _random = new Random(seed);
        _node = new VirtualNode(seed, maxPods: hasPods ? SoakPods.Max : 0);
        _pods = hasPods ? new SoakPods(_node) : null;
        _handler = _node.Firmware.Kubelet.CreateHandler();
        _handlerBoot = _node.Boots;
    }

    /// <summary>Gets what did not hold.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Runs all days.</summary>
    /// <returns>What each of them left behind.</returns>
    public IReadOnlyList<SoakDay> Run()
    {
        _node.Cluster.SetConfigMap(("memory_values", "0=0"));
        _pods?.Create();
        _node.Run(Settling);
        Require(_pods?.AreRight ?? true, "the pods do not start");
        _node.Wire.Served = OnServed;
        _node.Time.Every(ScrapeInterval, Scrape);
        for (int day = 1; day <= _days; day++)
        {
            _report.Progress.Say($"day {day} of {_days}");
            int boots = _node.Boots;
            _day = new SoakDay { Number = day };
            RunDay(day * Day);
            Measure();
            _day.Boots = _node.Boots - boots;
            _results.Add(_day);
        }

        return _results;
    }

    private void RunDay(long end)
    {
        long nextFault = NextFault();
        long nextEdit = NextEdit();
        long nextChange = _pods is null ? long.MaxValue : NextChange();
        long last = end - Measured - Settling;
        while (_node.Time.Milliseconds < last)
        {
            _report.Stop.ThrowIfCancellationRequested();
            _node.Run(Math.Min(last, Math.Min(nextFault, Math.Min(nextEdit, nextChange))) - _node.Time.Milliseconds);
            if (_node.Time.Milliseconds >= nextEdit)
            {
                Edit();
                nextEdit = NextEdit();
            }

            if (_node.Time.Milliseconds >= nextChange)
            {
                ChangePods();
                nextChange = NextChange();
            }

            if (_node.Time.Milliseconds >= nextFault)
            {
                Break(Faults[_random.Next(Faults.Length)]);
                nextFault = NextFault();
            }
        }
    }

    private long NextFault() => _node.Time.Milliseconds + (long)(-Math.Log(1 - _random.NextDouble()) * 3 * 60 * Minute);

    private long NextEdit() => _node.Time.Milliseconds + _random.Next(5 * Minute, 90 * Minute);

    private long NextChange() => _node.Time.Milliseconds + _random.Next(10 * Minute, 120 * Minute);

    private void ChangePods()
    {
        long changed = _node.Time.Milliseconds;
        _isEdited = true;
        _pods!.Change(_random);
        _node.RunWhile(() => !_pods.AreRight, 5 * Minute);
        _day.PodChanges++;
        _day.SlowestPod = Math.Max(_day.SlowestPod, _node.Time.Milliseconds - changed);
        _node.Run(Minute);
        _isEdited = false;
    }

    private void Edit()
    {
        byte value = (byte)(++_edits % 251);
        string led = _random.Next(3) switch { 0 => "on", 1 => "blink:500", _ => "off" };
        _isEdited = true;
        long edited = _node.Time.Milliseconds;
        _node.Cluster.SetConfigMap(
            ("memory_values", string.Create(CultureInfo.InvariantCulture, $"0={value},{_random.Next(1, 250)}={_random.Next(256)}")),
            ("node.labels", string.Create(CultureInfo.InvariantCulture, $"room=r{_random.Next(10)}")),
            ("led", led));
        _node.RunWhile(() => _node.Firmware.Cells[0] != value, 5 * Minute);
        _day.Edits++;
        _day.SlowestEdit = Math.Max(_day.SlowestEdit, _node.Time.Milliseconds - edited);

        // What it changes is told at once, which is a heartbeat too.
        _node.Run(Minute);
        _isEdited = false;
    }

    private void Break(FaultScenario scenario)
    {
        FaultStage stage = new(_node, _random);
        int boots = _node.Boots;
        _lastHeartbeat = -1;
        long ready = -1;
        long ended = long.MaxValue;
        _node.Wire.Served = request => ready = ready < 0 && request.IsHeartbeat && request.At >= ended && _node.Cluster.Ready == "True" ? request.At : ready;
        scenario.Begin(stage);
        _node.Run(_random.Next(1, Math.Max(2, scenario.Seconds * 1000)));
        stage.HasEnded = true;
        ended = _node.Time.Milliseconds;
        scenario.End(stage);
        _node.RunWhile(() => ready < 0, 10 * Minute);
        long took = ready < 0 ? long.MaxValue : ready - ended;
        _day.Faults++;
        _day.SlowestRecovery = Math.Max(_day.SlowestRecovery, took);
        Require(took <= scenario.MaxSecondsToReady * 1000L, $"day {_day.Number}: back to Ready too late after \"{scenario.Name}\"");
        Require(_node.Boots - boots <= scenario.Reboots, $"day {_day.Number}: a reboot by \"{scenario.Name}\"");
        _node.Run(Settling);
        _node.Wire.Served = OnServed;
        if (_pods is not null)
        {
            _node.RunWhile(() => !_pods.AreRight, 10 * Minute);
            Require(_pods.AreRight, $"day {_day.Number}: a pod does not run after \"{scenario.Name}\"");
        }
    }

    private void Measure()
    {
        _node.Run(Settling);
        (_day.BytesPerHeartbeat, _day.BytesPerScrape) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < 2; i++)
        {
            MeasureOnce();
        }

        if (_pods is not null)
        {
            (_day.Evictions, _day.Restarts) = _pods.Sweep();
        }

        // What a simulation gathers, and no cluster keeps for ever either.
        _node.Wire.Requests.Clear();
        _node.Device.Log.Clear();
        _node.Cluster.Compact();
        _day.ManagedBytes = GC.GetTotalMemory(forceFullCollection: true);
        _day.Handles = Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;
        _day.Threads = Process.GetCurrentProcess().Threads.Count;
        _day.Timers = Timer.ActiveCount;
        int connections = _pods is null ? 1 : 2;
        Require(_node.Wire.OpenSockets <= connections && _node.Wire.OpenStreams <= connections, $"day {_day.Number}: {_node.Wire.OpenSockets} sockets open");
    }

    // The less of two: a collection that another thread asked for blurs the count, always upwards.
    private void MeasureOnce()
    {
        int heartbeats = _day.Heartbeats;
        (_scrapeBytes, _scrapes) = (0, 0);
        long before = _node.Allocations.Bytes;
        _node.Run(Measured / 2);
        _day.BytesPerHeartbeat = Math.Min(_day.BytesPerHeartbeat, (double)(_node.Allocations.Bytes - before - _scrapeBytes) / Math.Max(1, _day.Heartbeats - heartbeats));
        _day.BytesPerScrape = Math.Min(_day.BytesPerScrape, (double)_scrapeBytes / Math.Max(1, _scrapes));
    }

    private void OnServed(ServedRequest request)
    {
        if (SoakPods.IsReport(request))
        {
            _day.PodReports++;
        }

        if (!request.IsHeartbeat || !request.Path.Contains("/leases", StringComparison.Ordinal))
        {
            return;
        }

        _day.Heartbeats++;
        if (_lastHeartbeat >= 0)
        {
            long interval = request.At - _lastHeartbeat;
            _day.LongestInterval = Math.Max(_day.LongestInterval, interval);
            _day.ShortestInterval = _isEdited ? _day.ShortestInterval : Math.Min(_day.ShortestInterval, interval);
        }

        _lastHeartbeat = request.At;
    }

    private void Scrape()
    {
        if (_handlerBoot != _node.Boots)
        {
            (_handler, _handlerBoot) = (_node.Firmware.Kubelet.CreateHandler(), _node.Boots);
        }

        using var scope = _node.Allocations.EnterFirmware();
        long before = _node.Allocations.Bytes;
        _scraper.Reset(ScrapeRequest, int.MaxValue);
        _handler.Serve(_scraper);
        _scrapeBytes += _node.Allocations.Bytes - before;
        _scrapes++;
        Require(_scraper.Answer.StartsWith("HTTP/1.1 200 "u8), "a scrape failed");
    }

    private void Require(bool condition, string what)
    {
        if (!condition && !Violations.Contains(what))
        {
            Violations.Add(what);
        }
    }
}
