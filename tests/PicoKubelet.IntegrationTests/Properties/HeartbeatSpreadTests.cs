using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>What the API server sees of a thousand boards whose power came back, or whose API server did, at once.</summary>
[TestClass]
public class HeartbeatSpreadTests
{
    private const int Boards = 1000;
    private const int Second = 1000;
    private const int Minute = 60 * Second;

    [TestMethod]
    public void AMinuteAfterAStartHeartbeatsAreSpread()
    {
        Writes writes = new();
        for (int seed = 0; seed < Boards; seed++)
        {
            Board board = new(writes, seed) { StartSpread = 5 * Second };
            board.Run(7 * Minute);
        }

        writes.AssertSpread(Minute, 7 * Minute);
    }

    [TestMethod]
    [DataRow(15)]
    [DataRow(90)]
    public void AMinuteAfterAnOutageHeartbeatsAreSpread(int outageSeconds)
    {
        Writes writes = new();
        int back = (10 * Minute) + (outageSeconds * Second);
        for (int seed = 0; seed < Boards; seed++)
        {
            Board board = new(writes, seed) { StartSpread = 5 * Second };
            board.Run(10 * Minute);
            board.IsServerDown = true;
            board.Run(back);
            board.IsServerDown = false;
            board.Run(back + (5 * Minute));
        }

        writes.AssertSpread(back + Minute, back + (5 * Minute));
    }

    [TestMethod]
    public void AMinuteAfterAnOutageInWhichBoardsWereRestartedHeartbeatsAreSpread()
    {
        Writes writes = new();
        int back = 90 * Second;
        long last = 0;
        for (int seed = 0; seed < Boards; seed++)
        {
            Board board = new(writes, seed) { StartSpread = 5 * Second, IsServerDown = true };
            board.Run(back);
            board.IsServerDown = false;
            board.Run(back + (5 * Minute));
            last = Math.Max(last, board.FirstWrite);
        }

        writes.AssertSpread(back + Minute, back + (5 * Minute));
        Assert.IsInRange(back + (6 * Second), back + (15 * Second), last);
    }

    private sealed class Writes
    {
        private readonly int[] _perSecond = new int[3600];

        public void Note(long milliseconds) => _perSecond[milliseconds / Second]++;

        public void AssertSpread(int from, int to)
        {
            int[] measured = _perSecond[(from / Second)..(to / Second)];
            double ratio = measured.Max() / measured.Average();
            Assert.IsTrue(measured.Average() is > 95 and < 120, $"{measured.Average():F1} writes a second");
            Assert.IsTrue(ratio <= 1.5, $"the peak is {ratio:F2} times the mean");
        }
    }

    /// <summary>A board on which nothing happens, and its API server.</summary>
    private sealed class Board : IClock, IBoard, INetworkInterface, IStorage, ITimeSource, ILogSink, IConnector, IOutboundConnection
    {
        private static readonly byte[] Reply =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 58\r\n\r\n{\"metadata\":{\"uid\":\"a\",\"resourceVersion\":\"1\",\"labels\":{}}}"u8.ToArray();

        private readonly Writes _writes;
        private readonly NodeController _node;
        private int _position;

        public Board(Writes writes, int seed)
        {
            _writes = writes;
            Platform platform = new() { Board = this, Network = this, Storage = this, Time = this, Clock = this, Log = this };
            DeviceSettings settings = new() { NodeName = "pico-node-1", ApiServer = ApiEndpoint.Parse("https://api.example:6443") };
            TimeKeeper time = new(this);
            Logger log = new(this, time);
            Random random = new(seed);
            NodeDescription description = new(settings, BoardProfiles.ForTarget(TargetName), this, GetMacAddress(), 0, new BootRecord(this, log));
            ApiClient client = new(this, settings.ApiServer, null, this, 8000);
            EventRecorder events = new(client, settings.NodeName, this, time, log, random);
            ConfigurationController configuration = new(platform, settings, settings.NodeName, description.Labels, client, new BoardOutputs(null), new MemoryCells(), events, log, random);
            _node = new NodeController(platform, settings, description, client, new ClockSync(platform, time, "ntp", log, random), time, log, random, configuration, events);
        }

        public int StartSpread
        {
            init => _node.StartSpread = value;
        }

        public bool IsServerDown { get; set; }

        public long FirstWrite { get; private set; } = long.MaxValue;

        public long Milliseconds { get; private set; }

        public string TargetName => "PICO_RP2040_W";

        public string RuntimeVersion => "1.16.0.321";

        public bool IsHealthy => true;

        public bool HasArrived => false;

        public void Run(long until)
        {
            while (Milliseconds < until)
            {
                Milliseconds += Math.Max(1, _node.Step());
            }
        }

        public long GetFreeHeap() => 40000;

        public long GetTotalHeap() => 64000;

        public void SetClock(DateTime utc)
        {
        }

        public void Reboot(string reason)
        {
        }

        public byte[] GetMacAddress() => new byte[6];

        public string GetAddress() => "192.168.1.50";

        public string GetSsid() => "home";

        public string? GetPassword() => null;

        public bool IsJoined() => true;

        public bool UseAddress(StaticAddress? address) => true;

        public JoinResult Join(string? ssid, string? password) => JoinResult.Joined;

        public void Leave()
        {
        }

        public bool TryScan(string ssid, out int dbm)
        {
            dbm = -55;
            return true;
        }

        public string[] GetNames() => [];

        public IStoredFile? OpenRead(string name) => null;

        public bool Replace(string name, byte[] buffer, int offset, int count) => true;

        public string? TakeDropped() => null;

        public INewFile? Create(string name) => null;

        public bool Delete(string name) => true;

        public long GetTotalBytes() => 0;

        public bool TryGetUtc(string server, out DateTime utc)
        {
            utc = new DateTime(2026, 1, 23, 10, 30, 0);
            return true;
        }

        public bool TryReadClock(out DateTime utc)
        {
            utc = default;
            return false;
        }

        void ILogSink.Write(LogLevel level, string line)
        {
        }

        public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds) =>
            IsServerDown ? throw new ConnectException(ConnectPhase.Connect, "refused") : this;

        public int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(count, Reply.Length - _position);
            Array.Copy(Reply, _position, buffer, offset, length);
            _position += length;
            return length;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            if (IsServerDown)
            {
                throw new IOException("reset by peer");
            }

            _position = 0;
            if (buffer[offset] == 'P')
            {
                // PATCH or POST: what etcd has to write.
                _writes.Note(Milliseconds);
                FirstWrite = Math.Min(FirstWrite, Milliseconds);
            }
        }

        public void SetDeadline(int milliseconds)
        {
        }

        public void Close()
        {
        }
    }
}
