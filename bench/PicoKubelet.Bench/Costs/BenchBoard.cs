using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Inputs;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Rejection;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// The firmware's own loop over real sockets, with a clock that is moved: an hour of heartbeats takes seconds. Its log is built and
/// thrown away.
/// </summary>
internal sealed class BenchBoard : IClock, ILogSink
{
    private const int RequestTimeout = 8000;

    private readonly NodeController _node;
    private readonly ApiClient _client;
    private readonly ApiClient[] _watchClients = [];

    /// <param name="name">The node's name.</param>
    /// <param name="server">The API server's URL.</param>
    /// <param name="caPem">The CA that signed its certificate, or null.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="identity">The client certificate, or null.</param>
    /// <param name="watches">Whether it watches its Node and its ConfigMap.</param>
    public BenchBoard(string name, Uri server, string? caPem, string? token, TlsIdentity? identity = null, bool watches = false)
    {
        SimulatedNetwork network = new(name, "127.0.0.1");
        network.SetPower(true);
        SimulatedHardware board = new(BoardModels.Find(BoardModels.Default), _ => { });
        SimulatedPins pins = new(board.TargetName);
        Platform platform = new()
        {
            Board = board,
            Network = network,
            Sockets = new SimulatedSockets(network),
            Pins = pins,
            Storage = new SimulatedStorage(new MemoryFiles(), 256 * 1024),
            Time = SystemTime.Instance,
            Clock = this,
            Log = this,
        };
        DeviceSettings settings = new()
        {
            NodeName = name,
            ApiServer = ApiEndpoint.Parse(server.GetLeftPart(UriPartial.Authority)),
            Token = token,
            ClientIdentity = identity,
            ConfigMapWatch = watches,
            KubeletToken = EndpointProbe.Token,
        };
        TimeKeeper time = new(this);
        Logger log = new(this, time);
        Random random = new(1);
        BoardProfile profile = BoardProfiles.ForTarget(board.TargetName);
        BootRecord boot = new(platform.Storage, log);
        NodeDescription description = new(settings, profile, board, network.GetMacAddress(), 0, boot);
        SocketConnector connector = new(platform.Sockets, caPem, this, identity);
        _client = new ApiClient(connector, settings.ApiServer, token, this, RequestTimeout);
        MemoryCells cells = new();
        BoardOutputs outputs = new(pins);
        EventRecorder events = new(_client, name, this, time, log, random);
        Configuration = new ConfigurationController(platform, settings, name, description.Labels, _client, outputs, cells, events, log, random);
        _node = new NodeController(platform, settings, description, _client, new ClockSync(platform, time, settings.NtpServer, log, random), time, log, random, Configuration, events);
        _node.Add(Configuration.MetadataDuty);
        _node.Add(events);
        _node.Add(Configuration.StoreDuty);
        _node.Add(Configuration.ConfigMapDuty);
        PodRejection rejection = new(_client, events, platform.Clock, log, random);
        rejection.LookFor(description.Name);
        _node.Add(rejection);
        Configuration.NodeLoop = new Loop("node", _node, this, log, random);
        if (watches)
        {
            _watchClients = [NewWatchClient(), NewWatchClient()];
            Watches = [_node.MakeWatch(_watchClients[0], this, log, random), Configuration.MakeWatch(_watchClients[1])];
        }

        ApiClient NewWatchClient() => new(connector, settings.ApiServer, token, this, RequestTimeout, 0);
        Server = new KubeletServer(
            new KubeletParts
            {
                Platform = platform,
                Settings = settings,
                Node = description,
                State = _node.State,
                Boot = boot,
                Rebooter = new Rebooter(board, this, boot, log),
                Conditions = _node.Conditions,
                Wifi = _node.Link,
                Api = _client.Statistics,
                Time = time,
                Cells = cells,
                Outputs = outputs,
                Inputs = new BoardInputs(outputs.Pins, null, events, name, time, this),
                Configuration = Configuration.State,
                InForce = Configuration.Configuration,
                Reload = Configuration.Reload,
            },
            log);
    }

    public long Milliseconds { get; private set; } = 1000;

    /// <summary>Gets the loops of its watches.</summary>
    public IReadOnlyList<Loop> Watches { get; } = [];

    public NodeState State => _node.State;

    public ApiStatistics Statistics => _client.Statistics;

    public ConfigurationController Configuration { get; }

    /// <summary>Gets the server of the node's port; it does not listen.</summary>
    public KubeletServer Server { get; }

    public void Write(LogLevel level, string line)
    {
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="milliseconds">How much.</param>
    /// <param name="onStep">Told of each step: the bytes that it allocated.</param>
    public void Run(long milliseconds, Action<long>? onStep = null)
    {
        long end = Milliseconds + milliseconds;
        while (Milliseconds < end)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int wait = _node.Step();
            onStep?.Invoke(GC.GetAllocatedBytesForCurrentThread() - before);
            Milliseconds += Math.Max(1, wait);
        }
    }

    /// <summary>Does what is due while no time passes.</summary>
    /// <param name="onStep">Told of the step: the bytes that it allocated.</param>
    public void Stand(Action<long>? onStep)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _node.Step();
        onStep?.Invoke(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Close()
    {
        _client.Close();
        Array.ForEach(_watchClients, client => client.Close());
    }
}
