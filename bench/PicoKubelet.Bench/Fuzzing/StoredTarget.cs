using System.Text;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The stored configuration: a file that was damaged is not used, and keeps no board from starting.</summary>
internal sealed class StoredTarget : FuzzTarget
{
    private readonly VirtualDevice _device;
    private readonly DeviceSettings _settings = new();
    private readonly ConfigMapReader _reader;
    private readonly VirtualTime _time = new();
    private readonly Logger _log;
    private readonly byte[] _sound;

    public StoredTarget()
    {
        FirmwareAllocations allocations = new();
        _device = new VirtualDevice(_time, new VirtualWire(_time, new VirtualCluster(_time, "a"), allocations), allocations);
        _log = new Logger(_device, new TimeKeeper(_time));
        _reader = new ConfigMapReader(new ConfigurationScope(_device, new Labels(0)), _settings, new ConfigurationValues(new byte[MemoryCells.Count]), new byte[ConfigMapReader.MinBufferBytes]);
        VirtualNode node = new(1);
        node.Cluster.SetConfigMap(("memory_values", "0=1,7=0xff"), ("node.labels", "room=kitchen"), ("led", "blink:500"));
        node.Run(200_000);
        node.Firmware.Stop();
        _sound = node.Device.ReadFile(ConfigurationStore.FileName)!;
        Corpus = [_sound];
    }

    public override string Name => "stored";

    public override FuzzGrammar Grammar => FuzzGrammar.Lines;

    public override int MaxAllocation => 12 * 1024;

    public override int MaxAllocationPerByte => 24;

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyList<byte[]> Dictionary { get; } = [.. new[] { "00000000\n", "{\"data\":{", "memory_values", "\n", "0=1" }.Select(Encoding.UTF8.GetBytes)];

    public override long Feed(byte[] input, int pieceSize)
    {
        _device.WriteFile(ConfigurationStore.FileName, input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isUsed = new ConfigurationStore(_device, _time, _settings, _log).TryLoad(_reader);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _device.Log.Clear();
        Accepted += isUsed ? 1 : 0;

        // A checksum of 32 bits: chance does not find another file that has its own.
        Require(isUsed == input.AsSpan().SequenceEqual(_sound), isUsed ? "uses a file that was damaged" : "does not use a sound file");
        return allocated;
    }
}
