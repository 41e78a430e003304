using System.Text;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Http.Server;
using PicoKubelet.Inputs;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

/// <summary>What serves the kubelet's port, on a node on fakes.</summary>
internal sealed class KubeletHarness
{
    public const string Token = "kubelet-token-42";
    public const string Host = "Host: node\r\n";
    public const string Authorization = "Authorization: Bearer " + Token + "\r\n";

    private readonly IRequestHandler _handler;

    public KubeletHarness(NodeHarness node, string token = Token, bool anonymousRead = false)
    {
        Node = node;
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.KubeletToken = token;
        settings.KubeletAnonymousRead = anonymousRead;
        Platform platform = new Platform
        {
            Board = node.Board,
            Network = node.Network,
            Storage = node.Storage,
            Clock = node.Clock,
            Log = node.Log,
            Pins = Pins,
        };
        BoardOutputs outputs = new BoardOutputs(Pins);
        Inputs = new BoardInputs(outputs.Pins, Peripherals, node.Events, node.Description.Name, node.Time, node.Clock);
        LogRing ring = new LogRing(2048, true);
        Logger = new Logger(node.Log, node.Time) { Ring = ring };
        LogFile lastLines = new LogFile(new AtomicStorage(node.Files), ring);
        Context = new KubeletParts
        {
            Platform = platform,
            Settings = settings,
            Node = node.Description,
            State = node.State,
            Boot = node.Record,
            Rebooter = new Rebooter(node.Board, node.Clock, node.Record, Logger, lastLines),
            LastLines = lastLines,
            Conditions = node.Node.Conditions,
            Wifi = node.Node.Link,
            Api = node.Client.Statistics,
            Time = node.Time,
            Cells = new MemoryCells(),
            Outputs = outputs,
            Inputs = Inputs,
            Configuration = new ConfigurationState(),
            Reload = () => null,
            InForce = new NodeConfiguration(ConfigurationKeys.MakeDefaults(settings)),
        };
        KubeletServer server = new KubeletServer(Context, Logger);
        Statistics = server.Statistics;
        _handler = server.CreateHandler();
    }

    public NodeHarness Node { get; }

    public FakePins Pins { get; } = new FakePins();

    public FakePeripherals Peripherals { get; } = new FakePeripherals();

    public BoardInputs Inputs { get; }

    public KubeletParts Context { get; }

    public Logger Logger { get; }

    public ServerStatistics Statistics { get; }

    /// <summary>How many bytes of the last request nobody has read.</summary>
    public int Unread { get; private set; }

    public static KubeletHarness Registered()
    {
        return new KubeletHarness(NodeHarness.Registered());
    }

    /// <summary>Serves a request.</summary>
    /// <param name="request">Its bytes as text.</param>
    /// <param name="firstPiece">How many bytes come first.</param>
    /// <param name="pieceSize">How many bytes come at a time then.</param>
    /// <returns>The answer, empty where there is none.</returns>
    public string Serve(string request, int firstPiece = 0, int pieceSize = int.MaxValue)
    {
        FakeClient client = new FakeClient(request, Node.Clock, firstPiece, pieceSize);
        _handler.Serve(client);
        Unread = client.Unread;
        return client.Received;
    }

    /// <summary>Serves a request whose client then keeps the connection open and says nothing.</summary>
    public string ServeSilent(string request)
    {
        FakeClient client = new FakeClient(request, Node.Clock, 0, int.MaxValue) { IsSilent = true };
        _handler.Serve(client);
        return client.Received;
    }

    public string Get(string target, string headers = "")
    {
        return Serve("GET " + target + " HTTP/1.1\r\n" + Host + headers + "\r\n");
    }

    public string Command(string body)
    {
        return Serve("POST /pico/command HTTP/1.1\r\n" + Host + Authorization + "Content-Length: " + Encoding.UTF8.GetBytes(body).Length.ToString() + "\r\n\r\n" + body);
    }

    /// <summary>The status code of an answer, or 0 where there is none.</summary>
    public static int StatusOf(string answer)
    {
        return HttpAnswer.StatusOf(answer);
    }

    /// <summary>The body of an answer, out of its chunks where it comes in such.</summary>
    public static string BodyOf(string answer)
    {
        return HttpAnswer.BodyOf(answer);
    }
}
