using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The replies of the API server: a node that gets the same one to whatever it asks goes on asking, at its pace, and nothing escapes.</summary>
internal sealed class ReplyTarget : FuzzTarget
{
    private const int Steps = 12;

    // Registration, heartbeat and ConfigMap, each sent twice.
    private const int MaxRequests = 40;

    private readonly VirtualTime _time = new();
    private readonly VirtualDevice _device;
    private readonly Wire _wire = new();
    private readonly DeviceSettings _settings = new() { NodeName = "a", ApiServer = ApiEndpoint.Parse("http://10.0.0.1:80"), Token = "t" };
    private readonly BoardOutputs _outputs;

    public ReplyTarget()
    {
        FirmwareAllocations allocations = new();
        _device = new VirtualDevice(_time, new VirtualWire(_time, new VirtualCluster(_time, "a"), allocations), allocations);
        _outputs = new BoardOutputs(_device);
        ((INetworkInterface)_device).Join(null, null);
    }

    public override string Name => "reply";

    public override FuzzGrammar Grammar => FuzzGrammar.Lines;

    // A node that starts, with all of its buffers and duties: some 60 KB on a 64-bit machine.
    public override int MaxAllocation => 72 * 1024;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Reply(
            "200 OK",
            """{"kind":"Node","apiVersion":"v1","metadata":{"name":"a","uid":"07a5981a-5bbd-483e-9682-233e948980e6","resourceVersion":"317","labels":"""
            + """{"kubernetes.io/hostname":"a"},"annotations":{"picokubelet.io/owned-labels":"room"}},"status":"""
            + """{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-23T10:30:00Z"}],"addresses":[{"type":"InternalIP","address":"1.2.3.4"}]}}"""),
        Reply("200 OK", """{"kind":"PartialObjectMetadata","metadata":{"uid":"u","resourceVersion":"9"}}"""),
        Reply("200 OK", """{"metadata":{"uid":"u","resourceVersion":"9"},"data":{"memory_values":"0=1","node.labels":"room=kitchen"}}"""),
        Reply("404 Not Found", """{"kind":"Status","status":"Failure","message":"not found","reason":"NotFound","details":{"retryAfterSeconds":1},"code":404}"""),
        Reply("429 Too Many Requests", """{"kind":"Status","reason":"TooManyRequests","details":{"retryAfterSeconds":99999999999}}""", "Retry-After: 7\r\n"),
        Reply("409 Conflict", """{"reason":"AlreadyExists"}""", "Connection: close\r\n"),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nDate: Fri, 23 Jan 2026 10:30:00 GMT\r\nContent-Type: application/json\r\n"u8
         + "Transfer-Encoding: chunked\r\n\r\n1c\r\n{\"metadata\":{\"uid\":\"uid-12\"}\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n"u8).ToArray(),
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"metadata\":{\"uid\":\"u\"}}"u8.ToArray(),
        "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 503 x\r\n", "HTTP/1.1 999 x\r\n", "HTTP/9.9 200\r\n",
            "Content-Type: application/json\r\n", "Content-Type: text/html\r\n", "Content-Length: 0\r\n", "Content-Length: 99999999999\r\n",
            "Content-Length: +1\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Retry-After: 99999999999999999999\r\n",
            "Retry-After: -1\r\n", "Date: x\r\n", "\r\n\r\n", "\r\n ", "0\r\n\r\n", "ffffffff\r\n", "\"metadata\":{", "\"uid\":\"v\"",
            "\"resourceVersion\":\"1\"", "\"conditions\":[", "\"labels\":null", "\"data\":{", "\"status\":", "{", "}", "[", "]", "\\u0000", "\u20ac", "null",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override long Feed(byte[] input, int pieceSize)
    {
        _wire.Reset(input, pieceSize);
        Random random = new(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Platform platform = new() { Board = _device, Network = _device, Storage = _device, Time = _device, Clock = _time, Log = _device, Pins = _device };
        TimeKeeper time = new(_time);
        Logger log = new(_device, time);
        NodeDescription description = new(_settings, BoardProfiles.ForTarget(_device.TargetName), _device, new byte[6], 0, new BootRecord(_device, log));
        ApiClient client = new(_wire, _settings.ApiServer, "t", _time, 8000);
        EventRecorder events = new(client, "a", _time, time, log, random);
        ConfigurationController configuration = new(platform, _settings, "a", description.Labels, client, _outputs, new MemoryCells(), events, log, random);
        NodeController node = new(platform, _settings, description, client, new ClockSync(platform, time, "ntp", log, random), time, log, random, configuration, events);
        node.Add(configuration.MetadataDuty);
        node.Add(events);
        node.Add(configuration.ConfigMapDuty);
        for (int i = 0; i < Steps; i++)
        {
            int wait = node.Step();
            Require(wait is >= 0 and <= 1000, $"a wait of {wait} ms");
            _time.Wait(wait);
        }

        client.Watch("/w", 1000, new WatchReader());
        client.Close();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _outputs.Led.Stop();
        _device.Log.Clear();
        Accepted += node.State.HeartbeatsSent > 0 ? 1 : 0;
        Require(_wire.Requests <= MaxRequests, $"{_wire.Requests} requests");
        Require(_wire.Open == 0, $"{_wire.Open} connections left open");
        return allocated;
    }

    private static byte[] Reply(string status, string body, string headers = "")
    {
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private sealed class WatchReader : IWatchReader
    {
        public bool Read(JsonReader json)
        {
            if (json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                }
            }

            return true;
        }
    }

    /// <summary>Connections on each of which each request gets the same reply, and then nothing but the end.</summary>
    private sealed class Wire : IConnector
    {
        private byte[] _reply = [];
        private int _pieceSize;

        public int Requests { get; private set; }

        public int Open { get; private set; }

        public void Reset(byte[] reply, int pieceSize)
        {
            (_reply, _pieceSize, Requests, Open) = (reply, pieceSize, 0, 0);
        }

        public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
        {
            Open++;
            return new Connection(this);
        }

        private sealed class Connection(Wire wire) : IOutboundConnection
        {
            private readonly Pieces _pieces = new();
            private bool _isClosed;

            public bool HasArrived => false;

            public int Read(byte[] buffer, int offset, int count) => _pieces.Read(buffer, offset, count);

            public void Write(byte[] buffer, int offset, int count)
            {
                wire.Requests++;
                _pieces.Reset(wire._reply, wire._pieceSize);
            }

            public void SetDeadline(int milliseconds)
            {
            }

            public void Close()
            {
                wire.Open -= _isClosed ? 0 : 1;
                _isClosed = true;
            }
        }
    }
}
