using System;
using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Images;
using PicoKubelet.Inputs;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Pods;
using PicoKubelet.Programs;
using PicoKubelet.Rejection;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Pods;

/// <summary>The pods of a Pico W whose clock the test moves, and an API server that gives the replies that the test wrote down.</summary>
internal sealed class PodHarness
{
    private readonly Logger _log;

    public PodHarness(params string[] replies)
        : this(true, replies)
    {
    }

    /// <summary>Makes it, of a board that knows the time or not.</summary>
    public PodHarness(bool hasTime, params string[] replies)
    {
        Connection = new FakeConnection(Clock, replies);
        Context = new ProgramContext
        {
            Board = Board,
            Clock = Clock,
            Time = new TimeKeeper(Clock),
            Outputs = new BoardOutputs(Pins),
            Peripherals = Peripherals,
            Offered = new ExtendedResources(),
            Cells = new MemoryCells(),
            Configuration = new ConfigurationValues((byte[])null),
            Random = new SeededRandom(1),
        };
        Inputs = new BoardInputs(Context.Outputs.Pins, Peripherals, null, "pico-1", Context.Time, Clock);
        Context.Wired = Inputs;
        foreach (string name in new string[] { "gpio-2", "gpio-3", "gpio-40", "adc-0", "i2c-0x23", "i2c-0x44" })
        {
            Context.Offered.Add(ExtendedResources.Parse(ExtendedResources.Prefix + name));
        }

        if (hasTime)
        {
            Context.Time.Set(new DateTime(2026, 1, 23, 10, 30, 0));
        }

        Logger log = new Logger(Log, Context.Time);
        _log = log;
        Client = new ApiClient(new FakeConnector(Connection, Connection, Connection, Connection, Connection, Connection), ApiEndpoint.Parse("https://api.example:6443"), null, Clock, 8000);
        Events = new EventRecorder(Client, "pico-1", Clock, Context.Time, log, Context.Random);
        Context.Events = Events;
        Rejection = new PodRejection(Client, Events, Clock, log, Context.Random);
        Table = new PodTable(new PodLimits(153088, 90000, 3), Context, Events, Rejection);
        Reader = new PodReader(Table);
        Workloads = new WorkloadLoop(Table, Clock);
        Duty = new PodDuty(Table, Client, "pico-1", Node, Clock, log, Context.Random);
    }

    public FakeBoard Board { get; } = new FakeBoard();

    public ManualClock Clock { get; } = new ManualClock();

    public FakePins Pins { get; } = new FakePins();

    public FakePeripherals Peripherals { get; } = new FakePeripherals();

    /// <summary>What looks at inputs, when the test has it look.</summary>
    public BoardInputs Inputs { get; }

    public RecordingLog Log { get; } = new RecordingLog();

    /// <summary>The files that programs are kept in, or null.</summary>
    public FakeFiles Files { get; private set; }

    public FakeConnection Connection { get; }

    public ProgramContext Context { get; }

    public ApiClient Client { get; }

    public EventRecorder Events { get; }

    public NodeState Node { get; } = new NodeState { Address = "192.0.2.7", FreeHeap = 40000 };

    public PodTable Table { get; }

    public PodReader Reader { get; }

    public WorkloadLoop Workloads { get; }

    public PodDuty Duty { get; }

    public PodRejection Rejection { get; }

    public Pod Pod => Table.Get(0);

    public Container Container => Pod.Containers[0];

    /// <summary>Puts a ConfigMap's data in force, as far as programs see it.</summary>
    public void Configure(string data)
    {
        ConfigurationScope scope = new ConfigurationScope(Pins, new Labels(0)) { HasPrograms = true };
        ConfigMapReader reader = new ConfigMapReader(scope, new DeviceSettings(), new ConfigurationValues((byte[])null), new byte[ConfigMapReader.MinBufferBytes]);
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource("{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{" + data + "}}"));
        reader.Read(json);
        Context.Configuration = reader.Values;
    }

    /// <summary>Has programs kept in files, as on a board with 64 KB of them.</summary>
    public void KeepPrograms(FakeFiles files)
    {
        Files = files;
        Table.Programs = new ProgramStore(new AtomicStorage(files), 64 * 1024, Table, _log);
    }

    /// <summary>Has programs kept in files, and pods too: those that are in them run at once, and so do static pods.</summary>
    public PodKeeper KeepPods(FakeFiles files, int storageBytes = 128 * 1024)
    {
        KeepPrograms(files);
        Duty.Keeper = new PodKeeper(Table, new AtomicStorage(files), storageBytes, Clock, _log);
        Duty.LoadStatic(new AtomicStorage(files));
        Duty.Keeper.Restore();
        return Duty.Keeper;
    }

    /// <summary>Has images pulled from a registry that gives the replies that the test wrote down, each on a connection of its own.</summary>
    public FakeConnector ServeImages(params string[] replies)
    {
        object[] script = new object[replies.Length];
        for (int i = 0; i < replies.Length; i++)
        {
            script[i] = new FakeConnection(Clock, replies[i]);
        }

        FakeConnector connector = new FakeConnector(script);
        Table.Registries = new RegistryAccess(connector, Clock, null);
        return connector;
    }

    /// <summary>Reads a pod and hands it to the table.</summary>
    public void Apply(string document)
    {
        Read(document);
        Table.Apply(Reader);
    }

    public void Read(string document)
    {
        JsonReader json = new JsonReader(256, 512);
        json.Reset(new PiecewiseSource(document));
        Reader.Read(json);
        json.ReadToEnd();
    }

    /// <summary>A pod that has its program, and runs.</summary>
    public void Run(string document, string program)
    {
        Apply(document);
        for (int i = 0; i < Pod.Containers.Length; i++)
        {
            Pod.Containers[i].Prepare(TestProgramsOf(program, Pod.Containers[i].Spec.MemoryBytes), Pod.Containers[i].Spec.Arguments, new string[] { "A=b" });
        }

        Step(4);
    }

    /// <summary>Steps the programs; the clock moves by a millisecond with each.</summary>
    public void Step(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Workloads.Step();
            Clock.Advance(1);
        }
    }

    /// <summary>Lets time pass, and steps once in it.</summary>
    public void Pass(long milliseconds)
    {
        Clock.Advance(milliseconds);
        Step(4);
    }

    /// <summary>What a log holds, a line each.</summary>
    public static string TextOf(LogRing log)
    {
        StringBuilder text = new StringBuilder();
        byte[] line = new byte[LogRing.MaxLineBytes];
        long position = 0;
        int length;
        while ((length = log.Read(ref position, line, out _, out bool endsLine)) >= 0)
        {
            text.Append(length == 0 ? "" : Encoding.UTF8.GetString(line, 0, length));
            text.Append(endsLine ? "\n" : "");
        }

        return text.ToString();
    }

    private static LoadedProgram TestProgramsOf(string program, int memoryBytes)
    {
        return Programs.TestPrograms.Load(program, memoryBytes);
    }
}
