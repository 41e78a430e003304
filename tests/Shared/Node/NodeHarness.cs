using System;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Node;

/// <summary>A node on fakes, whose loop the test runs.</summary>
internal sealed class NodeHarness
{
    private const int MaxStepsAtOnce = 20;

    private readonly Platform _platform = new Platform();
    private readonly bool _followsConfigMap;

    public NodeHarness()
        : this(NewSettings())
    {
    }

    public NodeHarness(DeviceSettings settings, bool followsConfigMap = false)
    {
        _followsConfigMap = followsConfigMap;
        Server = new FakeApiServer(Clock);
        _platform.Board = Board;
        _platform.Network = Network;
        _platform.Storage = Storage;
        _platform.Time = Source;
        _platform.Clock = Clock;
        _platform.Log = Log;
        _platform.Pins = Pins;
        Time = new TimeKeeper(Clock);
        Boot(settings, 1);
    }

    public ManualClock Clock { get; } = new ManualClock();

    public FakeBoard Board { get; } = new FakeBoard();

    public FakeNetwork Network { get; } = new FakeNetwork();

    public FakeStorage Storage { get; } = new FakeStorage();

    public FakeTimeSource Source { get; } = new FakeTimeSource();

    public RecordingLog Log { get; } = new RecordingLog();

    public FakePins Pins { get; } = new FakePins();

    public FakeApiServer Server { get; }

    public TimeKeeper Time { get; }

    /// <summary>The board's files other than the configuration's.</summary>
    public FakeFiles Files { get; } = new FakeFiles();

    public BootRecord Record { get; private set; }

    public NodeDescription Description { get; private set; }

    public ApiClient Client { get; private set; }

    public NodeController Node { get; private set; }

    public ClockSync ClockSync { get; private set; }

    /// <summary>What follows the ConfigMap, where the node does.</summary>
    public ConfigurationController Configuration { get; private set; }

    public EventRecorder Events { get; private set; }

    public RecordingOutputs Outputs { get; private set; }

    /// <summary>What of the outputs throws from the next start on.</summary>
    public string OutputsFail { get; set; }

    public MemoryCells Cells { get; private set; }

    public Logger Logger { get; private set; }

    public NodeState State => Node.State;

    /// <summary>A node on fakes that is registered and had its first heartbeat.</summary>
    public static NodeHarness Registered()
    {
        NodeHarness node = new NodeHarness();
        node.Run(1);
        return node;
    }

    /// <summary>A node whose Node is as it must be, and of which the API server tells the version.</summary>
    public static NodeHarness Steady()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Version = 100;
        node.Run(1);
        string created = node.Server.LastOf("create").Body;
        int labels = created.IndexOf("\"labels\"");
        node.Server.Metadata = "," + created.Substring(labels, created.IndexOf("}", labels) + 1 - labels);
        int taints = created.IndexOf("\"taints\":") + 9;
        node.Server.Taints = created.Substring(taints, created.IndexOf("]", taints) + 1 - taints);
        string status = node.Server.LastOf("status").Body;
        int start = status.IndexOf("{\"conditions\"");
        node.Server.Status = status.Substring(start, status.Length - start - 1);
        node.Run(60 * 1000);
        return node;
    }

    public static DeviceSettings NewSettings()
    {
        DeviceSettings settings = new DeviceSettings();
        settings.NodeName = "pico-node-1";
        settings.ApiServer = ApiEndpoint.Parse("https://api.example:6443");
        settings.Token = ApiHarness.Token;
        return settings;
    }

    /// <summary>Starts the node anew: what it knew is forgotten, but for the time.</summary>
    public void Boot(DeviceSettings settings, int seed)
    {
        Random random = new SeededRandom(seed);
        Logger log = new Logger(Log, Time);
        Logger = log;
        Record = new BootRecord(new AtomicStorage(Files), new Logger(new RecordingLog(), Time));
        Record.Begin();
        Description = new NodeDescription(settings, BoardProfiles.ForTarget(Board.TargetName), Board, Network.GetMacAddress(), Storage.GetTotalBytes(), Record);
        Client = new ApiClient(Server, settings.ApiServer, settings.Token, Clock, ApiHarness.Timeout);
        ClockSync = new ClockSync(_platform, Time, settings.NtpServer, log, random);
        Outputs = new RecordingOutputs { Fails = OutputsFail };
        Cells = new MemoryCells();
        Events = new EventRecorder(Client, Description.Name, Clock, Time, log, random);
        Configuration = new ConfigurationController(_platform, settings, Description.Name, Description.Labels, Client, Outputs, Cells, Events, log, random);
        Node = new NodeController(_platform, settings, Description, Client, ClockSync, Time, log, random, Configuration, Events);
        if (_followsConfigMap)
        {
            Configuration.LoadStored();
            Node.Add(Configuration.MetadataDuty);
            Node.Add(Events);
            Node.Add(Configuration.StoreDuty);
            Node.Add(Configuration.ConfigMapDuty);
        }
    }

    /// <summary>Lets the loop run for a time.</summary>
    public void Run(long milliseconds)
    {
        long end = Clock.Milliseconds + milliseconds;
        int steps = 0;
        while (Clock.Milliseconds < end)
        {
            int wait = Node.Step();
            if (wait < 0 || (wait == 0 && ++steps > MaxStepsAtOnce))
            {
                throw new InvalidOperationException("the loop does not wait");
            }

            steps = wait > 0 ? 0 : steps;
            long left = end - Clock.Milliseconds;
            Clock.Advance(wait < left ? wait : left);
        }
    }

    /// <summary>Lets the loop run until it has looked at its Node once more and has mended what it found.</summary>
    /// <param name="bound">The longest time that it may take, in milliseconds.</param>
    public void RunToLook(int bound)
    {
        long start = Clock.Milliseconds;
        int looks = Server.Looks;
        while (Server.Looks == looks)
        {
            Run(100);
            if (Clock.Milliseconds - start > bound)
            {
                throw new InvalidOperationException("no look");
            }
        }

        Run(100);
    }

    /// <summary>Lets the loop run until another request was made.</summary>
    /// <returns>How long it took, in milliseconds.</returns>
    public long RunToNextRequest()
    {
        long start = Clock.Milliseconds;
        int before = Server.Count;
        while (Server.Count == before)
        {
            Clock.Advance(Node.Step());
            if (Clock.Milliseconds - start > 1000000)
            {
                throw new InvalidOperationException("no request");
            }
        }

        return Server.Get(before).At - start;
    }
}
