using PicoKubelet.Hardware;
using PicoKubelet.Logging;

namespace PicoKubelet.Bench.Simulation;

/// <summary>The board's hardware: what the simulation does to it, and what became of it.</summary>
internal sealed class VirtualDevice(VirtualTime time, VirtualWire wire, FirmwareAllocations allocations)
    : IBoard, INetworkInterface, IStorage, ITimeSource, IPins, ILogSink
{
    // Some two seconds where the network is there; where it is not, the whole 20 s that a Pico waits without a word. A scan
    // takes as long.
    private const int JoinTime = 2000;
    private const int JoinBound = 20_000;
    private const int Signal = -60;

    private readonly Dictionary<string, byte[]> _files = [];
    private bool _hasJoined;
    private long? _freeHeap;

    public string TargetName { get; init; } = "PICO_RP2040_W";

    public string RuntimeVersion => "1.16.0.321";

    public bool HasLed => true;

    public bool IsButtonHeld => false;

    /// <summary>Gets the managed heap.</summary>
    public long TotalHeap { get; init; } = 64 * 1024;

    /// <summary>Gets what is free of it in steady state.</summary>
    public long NormalFreeHeap { get; init; } = 40 * 1024;

    public long FreeHeap
    {
        get => _freeHeap ?? NormalFreeHeap;
        set => _freeHeap = value;
    }

    public string Address { get; private set; } = "192.168.1.50";

    /// <summary>Gets or sets by how much the time source is off, in milliseconds.</summary>
    public long TimeError { get; set; }

    /// <summary>Gets or sets whether the time source answers.</summary>
    public bool HasTimeSource { get; set; } = true;

    /// <inheritdoc/>
    public bool IsHealthy { get; set; } = true;

    /// <summary>Gets how often the storage was written to.</summary>
    public int Writes { get; private set; }

    /// <summary>Gets why the firmware wants a reboot, or null.</summary>
    public string? RebootReason { get; private set; }

    /// <summary>Gets the log. The simulation may clear it.</summary>
    public List<(long At, LogLevel Level, string Line)> Log { get; } = [];

    public void PowerUp()
    {
        RebootReason = null;
        FreeHeap = NormalFreeHeap;
        _hasJoined = false;
        wire.IsUp = false;
    }

    public void LoseWifi()
    {
        HasWifi = false;
        _hasJoined = false;
        wire.IsUp = false;
        wire.BreakConnections();
    }

    public void RestoreWifi() => HasWifi = true;

    public bool HasWifi { get; private set; } = true;

    public void ChangeAddress(string address)
    {
        Address = address;
        wire.BreakConnections();
    }

    public void WriteFile(string name, byte[] content) => _files[name] = content;

    public byte[]? ReadFile(string name) => _files.GetValueOrDefault(name);

    long IBoard.GetFreeHeap() => FreeHeap;

    long IBoard.GetTotalHeap() => TotalHeap;

    void IBoard.SetClock(DateTime utc)
    {
    }

    void IBoard.Reboot(string reason)
    {
        RebootReason = reason;
        wire.IsUp = false;
        wire.BreakConnections();
    }

    byte[] INetworkInterface.GetMacAddress() => [0x28, 0xCD, 0xC1, 0x0A, 0xBC, 0xDE];

    string? INetworkInterface.GetAddress() => _hasJoined ? Address : null;

    string INetworkInterface.GetSsid() => "home";

    string? INetworkInterface.GetPassword() => null;

    bool INetworkInterface.IsJoined() => _hasJoined;

    bool INetworkInterface.UseAddress(StaticAddress? address) => address is null;

    JoinResult INetworkInterface.Join(string? ssid, string? password)
    {
        using var scope = allocations.EnterSimulation();
        long deadline = time.Milliseconds + JoinBound;
        while (!HasWifi && time.Milliseconds < deadline)
        {
            time.WaitUntil(Math.Min(deadline, Math.Max(time.NextEvent, time.Milliseconds)));
        }

        if (HasWifi)
        {
            time.Wait(JoinTime);
        }

        _hasJoined = HasWifi && RebootReason is null;
        wire.IsUp = _hasJoined;
        return _hasJoined ? JoinResult.Joined : JoinResult.NoAnswer;
    }

    void INetworkInterface.Leave()
    {
        _hasJoined = false;
        wire.IsUp = false;
    }

    bool INetworkInterface.TryScan(string ssid, out int dbm)
    {
        using var scope = allocations.EnterSimulation();
        time.Wait(JoinTime);
        dbm = HasWifi ? Signal : 0;
        return true;
    }

    string[] IStorage.GetNames()
    {
        return [];
    }

    IStoredFile? IStorage.OpenRead(string name)
    {
        using var scope = allocations.EnterSimulation();
        return _files.TryGetValue(name, out byte[]? content) ? new VirtualFile(content) : null;
    }

    bool IStorage.Replace(string name, byte[] buffer, int offset, int count)
    {
        using var scope = allocations.EnterSimulation();
        Writes++;
        if (IsHealthy)
        {
            _files[name] = buffer[offset..(offset + count)];
        }

        return IsHealthy;
    }

    string? IStorage.TakeDropped() => null;

    // Pods' programs alone are written so, and this device has none.
    INewFile? IStorage.Create(string name) => null;

    bool IStorage.Delete(string name)
    {
        Writes++;
        return IsHealthy && (_files.Remove(name) || true);
    }

    long IStorage.GetTotalBytes() => 256 * 1024;

    bool ITimeSource.TryGetUtc(string server, out DateTime utc)
    {
        utc = time.GetUtcNow().UtcDateTime.AddMilliseconds(TimeError);
        return HasTimeSource && wire.IsUp;
    }

    bool ITimeSource.TryReadClock(out DateTime utc)
    {
        // As after a power cut.
        utc = default;
        return false;
    }

    bool IPins.IsFree(int pin) => pin is >= 0 and <= 22;

    void IPins.Write(int pin, bool isHigh)
    {
    }

    bool IPins.Read(int pin, PinPull pull) => true;

    void IPins.WriteLed(bool isOn)
    {
    }

    void ILogSink.Write(LogLevel level, string line)
    {
        using var scope = allocations.EnterSimulation();
        Log.Add((time.Milliseconds, level, line));
    }
}
