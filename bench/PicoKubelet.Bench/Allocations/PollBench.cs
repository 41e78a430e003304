using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Io;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Bench.Allocations;

/// <summary>Measures what a poll of the ConfigMap that finds nothing new costs the firmware: its own thread, over a connection in memory.</summary>
internal static class PollBench
{
    private const int Polls = 1000;

    /// <summary>Measures twice: what is left behind is the same both times.</summary>
    public static string[] Measure()
    {
        Board board = new();
        Connection connection = new();
        DeviceSettings settings = new() { NodeName = "bench", ApiServer = ApiEndpoint.Parse("http://bench") };
        TimeKeeper time = new(board);
        time.Set(DateTime.UtcNow);
        Platform platform = new() { Board = board, Storage = board, Clock = board };
        NodeDescription node = new(settings, BoardProfiles.ForTarget(board.TargetName), board, new byte[6], 0, new BootRecord(board, new Logger(board, time)));
        ApiClient client = new(connection, settings.ApiServer, null, board, 8000);
        ConfigurationController configuration = new(platform, settings, node, client, new BoardOutputs(null), new MemoryCells(), time, new Logger(board, time), new Random(1));
        Poll(board, configuration, 100);
        long first = Poll(board, configuration, Polls);
        long second = Poll(board, configuration, Polls);
        return ["ConfigMap poll", $"{connection.ReplyBytes}", $"{first / Polls}", $"{second / Polls}", ""];
    }

    private static long Poll(Board board, ConfigurationController configuration, int polls)
    {
        long until = configuration.State.PollsUnchanged + polls;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (configuration.State.PollsUnchanged < until)
        {
            configuration.Step();
            board.Milliseconds += configuration.UntilDue();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Board : IBoard, IStorage, IClock, ILogSink
    {
        public long Milliseconds { get; set; } = 1000;

        public string TargetName => "PICO_RP2040_W";

        public string RuntimeVersion => "1.0.0.0";

        public bool IsHealthy => true;

        public long GetFreeHeap() => 40000;

        public long GetTotalHeap() => 64000;

        public void SetClock(DateTime utc)
        {
        }

        public void Reboot(string reason)
        {
        }

        public IStoredFile? OpenRead(string name) => null;

        public bool Replace(string name, byte[] buffer, int offset, int count) => true;

        public bool Delete(string name) => true;

        public long GetTotalBytes() => 0;

        public void Write(LogLevel level, string line)
        {
        }
    }

    /// <summary>Answers each request with the same ConfigMap.</summary>
    private sealed class Connection : IConnector, IOutboundConnection
    {
        private const string Body =
            """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"bench","namespace":"picokubelet","uid":"07a5981a-5bbd-483e-9682-233e948980e6","resourceVersion":"317","creationTimestamp":"2026-01-23T10:30:00Z"},"data":{"node.labels":"room=kitchen"}}""";

        private readonly byte[] _reply = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        private int _position;

        public int ReplyBytes => _reply.Length;

        public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds) => this;

        public int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(count, _reply.Length - _position);
            Array.Copy(_reply, _position, buffer, offset, length);
            _position += length;
            return length;
        }

        public void Write(byte[] buffer, int offset, int count) => _position = 0;

        public void SetReadTimeout(int timeoutMilliseconds)
        {
        }

        public void Close()
        {
        }
    }
}
