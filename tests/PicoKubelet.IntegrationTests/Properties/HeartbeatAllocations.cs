using System.Text;
using PicoKubelet.Api;
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

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>What a heartbeat leaves behind on the heap, on the PC's build: a device has no room for it.</summary>
[TestClass]
public class HeartbeatAllocations
{
    private static readonly byte[] Ok = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nAudit-Id: 6f0c2b1e-0000-4000-8000-000000000000\r\nCache-Control: no-cache, private\r\n"
        + "Content-Type: application/json\r\nDate: Fri, 23 Jan 2026 10:30:05 GMT\r\nContent-Length: 90\r\n\r\n"
        + "{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"name\":\"pico-node-1\",\"uid\":\"a\",\"labels\":null}}");

    private static readonly byte[] Failed = Encoding.ASCII.GetBytes(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\noops");

    [TestMethod]
    public void A_Lease_is_renewed_without_allocating()
    {
        FixedServer server = new(Ok);
        ApiClient client = NewClient(server);
        Renew(client);
        Assert.AreEqual(0, Measure(client, 1000));
        Assert.AreEqual(1, server.Connects);
        Assert.AreEqual(0, client.Statistics.Failures);
    }

    [TestMethod]
    public void A_failure_costs_the_same_each_time()
    {
        ApiClient client = NewClient(new FixedServer(Failed));
        Renew(client);
        Assert.AreEqual(0, Measure(client, 1000));
    }

    [TestMethod]
    public void A_nodes_heartbeats_allocate_nothing_reports_of_its_status_included()
    {
        Bench bench = new();
        NodeController node = bench.NewNode(new FixedServer(Ok));
        node.Step();
        Assert.IsTrue(node.State.IsRegistered);
        Measure(bench, node);
        Assert.AreEqual(0, Measure(bench, node));
        Assert.AreEqual(0, node.State.HeartbeatsFailed);
    }

    [TestMethod]
    public void A_poll_that_finds_nothing_new_allocates_nothing()
    {
        byte[] configMap = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 195\r\n\r\n"
            + "{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"name\":\"pico-node-1\",\"uid\":\"a\",\"resourceVersion\":\"317\",\"labels\":null,"
            + "\"managedFields\":[{\"manager\":\"kubectl\"}]},\"data\":{\"node.labels\":\"a=1\",\"led\":\"off\"}}");
        Bench bench = new();
        ConfigurationController configuration = bench.NewConfiguration(new FixedServer(configMap));
        Poll(bench, configuration, 100);
        Assert.AreEqual("317", configuration.State.AppliedVersion);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Poll(bench, configuration, 1000);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsTrue(configuration.State.PollsUnchanged > 1000);
    }

    private static void Poll(Bench bench, ConfigurationController configuration, int polls)
    {
        long until = configuration.State.Polls + polls;
        while (configuration.State.Polls < until)
        {
            configuration.ConfigMapDuty.Do();
            bench.Milliseconds += configuration.ConfigMapDuty.UntilDue();
        }
    }

    private static long Measure(Bench bench, NodeController node)
    {
        long heartbeats = node.State.HeartbeatsSent;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (node.State.HeartbeatsSent < heartbeats + 500)
        {
            bench.Milliseconds += node.Step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Measure(ApiClient client, int renewals)
    {
        // Twice, so that what the runtime makes at first use is left out.
        long before = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < renewals; i++)
            {
                Renew(client);
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Renew(ApiClient client)
    {
        JsonWriter json = client.Begin(Verb.Patch, "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/pico-node-1", MediaType.MergePatch);
        json.BeginObject();
        json.BeginObject("spec");
        json.Name("renewTime");
        json.BeginString();
        Timestamp.WriteMicro(json.Output, new DateTime(2026, 1, 23, 10, 30, 0));
        json.EndString();
        json.EndObject();
        json.EndObject();
        client.Send(null);
    }

    private static ApiClient NewClient(FixedServer server) =>
        new(server, ApiEndpoint.Parse("https://api.example:6443"), "token", new StoppedClock(), 8000);

    /// <summary>A board on which nothing happens.</summary>
    private sealed class Bench : IClock, IBoard, INetworkInterface, IStorage, ITimeSource, ILogSink
    {
        public long Milliseconds { get; set; } = 1000;

        public string TargetName => "PICO_RP2040_W";

        public string RuntimeVersion => "1.16.0.321";

        public bool IsHealthy => true;

        public NodeController NewNode(FixedServer server)
        {
            Platform platform = new() { Board = this, Network = this, Storage = this, Time = this, Clock = this, Log = this };
            DeviceSettings settings = new() { NodeName = "pico-node-1", ApiServer = ApiEndpoint.Parse("https://api.example:6443") };
            TimeKeeper time = new(this);
            Logger log = new(this, time);
            Random random = new(1);
            NodeDescription description = new(settings, BoardProfiles.ForTarget(TargetName), this, GetMacAddress(), 0, new BootRecord(this, log));
            ApiClient client = new(server, settings.ApiServer, null, this, 8000);
            EventRecorder events = new(client, settings.NodeName, this, time, log, random);
            ConfigurationController configuration = new(platform, settings, settings.NodeName, description.Labels, client, new BoardOutputs(null), new MemoryCells(), events, log, random);
            return new NodeController(platform, settings, description, client, new ClockSync(platform, time, "ntp", log, random), time, log, random, configuration, events);
        }

        public ConfigurationController NewConfiguration(FixedServer server)
        {
            Platform platform = new() { Board = this, Network = this, Storage = this, Time = this, Clock = this, Log = this };
            DeviceSettings settings = new() { NodeName = "pico-node-1", ApiServer = ApiEndpoint.Parse("https://api.example:6443") };
            TimeKeeper time = new(this);
            time.Set(new DateTime(2026, 1, 23, 10, 30, 0));
            NodeDescription description = new(settings, BoardProfiles.ForTarget(TargetName), this, GetMacAddress(), 0, new BootRecord(this, new Logger(this, time)));
            ApiClient client = new(server, settings.ApiServer, null, this, 8000);
            Logger log = new(this, time);
            EventRecorder events = new(client, settings.NodeName, this, time, log, new Random(1));
            return new ConfigurationController(platform, settings, settings.NodeName, description.Labels, client, new BoardOutputs(null), new MemoryCells(), events, log, new Random(1));
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

        public void Write(LogLevel level, string line)
        {
        }
    }

    private sealed class StoppedClock : IClock
    {
        public long Milliseconds => 1000;
    }

    /// <summary>Answers each request with the same bytes, on one connection.</summary>
    private sealed class FixedServer(byte[] reply) : IConnector, IOutboundConnection
    {
        private int _position;

        public int Connects { get; private set; }

        public bool HasArrived => false;

        public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
        {
            Connects++;
            return this;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(count, reply.Length - _position);
            Array.Copy(reply, _position, buffer, offset, length);
            _position += length;
            return length;
        }

        public void Write(byte[] buffer, int offset, int count) => _position = 0;

        public void SetDeadline(int milliseconds)
        {
        }

        public void Close()
        {
        }
    }
}
