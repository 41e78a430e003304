using System;
using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Pods;
using PicoKubelet.Programs;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Pods;

/// <summary>The pods of a Pico W whose clock the test moves, and an API server that gives the replies that the test wrote down.</summary>
internal sealed class PodHarness
{
    public PodHarness(params string[] replies)
    {
        Connection = new FakeConnection(Clock, replies);
        Context = new ProgramContext
        {
            Board = Board,
            Clock = Clock,
            Time = new TimeKeeper(Clock),
            Outputs = new BoardOutputs(Pins),
            Cells = new MemoryCells(),
            Random = new SeededRandom(1),
        };
        Context.Time.Set(new DateTime(2026, 1, 23, 10, 30, 0));
        Logger log = new Logger(Log, Context.Time);
        Client = new ApiClient(new FakeConnector(Connection), ApiEndpoint.Parse("https://api.example:6443"), null, Clock, 8000);
        Events = new EventRecorder(Client, "pico-1", Clock, Context.Time, log, Context.Random);
        Rejection = new PodRejection(Client, Events, Clock, log, Context.Random);
        Table = new PodTable(new PodLimits(153088, 90000, 3), Context, Events, Rejection);
        Reader = new PodReader(Table);
        Workloads = new WorkloadLoop(Table, Clock);
        Duty = new PodDuty(Table, Client, "pico-1", new NodeState { Address = "192.0.2.7" }, Clock, log, Context.Random);
    }

    public FakeBoard Board { get; } = new FakeBoard();

    public ManualClock Clock { get; } = new ManualClock();

    public FakePins Pins { get; } = new FakePins();

    public RecordingLog Log { get; } = new RecordingLog();

    public FakeConnection Connection { get; }

    public ProgramContext Context { get; }

    public ApiClient Client { get; }

    public EventRecorder Events { get; }

    public PodTable Table { get; }

    public PodReader Reader { get; }

    public WorkloadLoop Workloads { get; }

    public PodDuty Duty { get; }

    public PodRejection Rejection { get; }

    public Pod Pod => Table.Get(0);

    public Container Container => Pod.Containers[0];

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
            Pod.Containers[i].Prepare(TestProgramsOf(program, Pod.Containers[i].Spec.MemoryBytes), new string[] { "A=b" });
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
