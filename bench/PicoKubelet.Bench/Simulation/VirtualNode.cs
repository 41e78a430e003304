using System.Text;
using PicoKubelet.Pods;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Simulation;

/// <summary>
/// The whole firmware on a clock that is moved: the node's loop and the supervisor, step by step on one thread, against an API
/// server that is called. The same seed gives the same run, to the byte. The kubelet's port is served by calls too.
/// </summary>
internal sealed class VirtualNode
{
    /// <summary>The Node's name.</summary>
    public const string Name = "pico-node-1";

    /// <summary>The token of the kubelet's port.</summary>
    public const string KubeletToken = "kubelet-token-42";

    private const int SupervisionInterval = 5000;

    // From the reset to the firmware's first line, on a board.
    private const int BootTime = 3000;

    // The steps that follow each other at the same moment: a few, when something was found out.
    private const int MaxStepsAtOnce = 20;

    // A wake-up between loops is not seen here: the node's loop looks as often as the workloads' does, where there are pods.
    private const int LongestWaitWithPods = 1000;

    private readonly Random _random;
    private VirtualPods? _pods;
    private Firmware _firmware;
    private long _due;
    private int _stepsAtOnce;
    private bool _isOff;

    public VirtualNode(int seed, string? heartbeatMode = null, int maxPods = 0)
    {
        _random = new Random(seed);
        Cluster = new VirtualCluster(Time, Name, hasPods: maxPods > 0);
        Wire = new VirtualWire(Time, Cluster, Allocations);
        Device = maxPods == 0 ? new VirtualDevice(Time, Wire, Allocations) : NewLargeDevice();
        string mode = heartbeatMode is null ? "" : $$""","heartbeat":{"mode":"{{heartbeatMode}}"}""";
        Device.WriteFile(SettingsStore.FileName, Encoding.UTF8.GetBytes(
            $$"""{"nodeName":"{{Name}}","apiServer":"https://10.0.0.1:6443","token":"{{VirtualCluster.BoardToken}}","kubelet":{"token":"{{KubeletToken}}"},"pods":{"max":{{maxPods}}}{{mode}}}"""));
        Time.Every(SupervisionInterval, Supervise);
        _firmware = PowerOn();
    }

    public VirtualTime Time { get; } = new();

    public FirmwareAllocations Allocations { get; } = new();

    public VirtualCluster Cluster { get; }

    public VirtualWire Wire { get; }

    public VirtualDevice Device { get; }

    public Firmware Firmware => _firmware;

    /// <summary>Gets the pods on the board, or null where it has no room for any.</summary>
    public PodTable? Pods => _pods?.Table;

    /// <summary>Gets how often the board started.</summary>
    public int Boots { get; private set; }

    /// <summary>Gets why the firmware rebooted last, or null.</summary>
    public string? LastReboot { get; private set; }

    /// <summary>Switches the power off and on.</summary>
    public void Reboot()
    {
        _firmware.Stop();
        Wire.BreakConnections();
        _firmware = PowerOn();
    }

    /// <summary>Runs for some time.</summary>
    /// <param name="milliseconds">For how long.</param>
    public void Run(long milliseconds) => RunWhile(() => true, milliseconds);

    /// <summary>Runs for some time, or until something no longer holds.</summary>
    /// <param name="condition">Looked at after each step.</param>
    /// <param name="milliseconds">For how long at most.</param>
    public void RunWhile(Func<bool> condition, long milliseconds)
    {
        long end = Time.Milliseconds + milliseconds;
        while (Time.Milliseconds < end && condition())
        {
            Time.WaitUntil(Math.Min(end, Math.Min(_due, Math.Max(Time.NextEvent, Time.Milliseconds))));
            if (Device.RebootReason is { } reason)
            {
                LastReboot = reason;
                Reboot();
            }

            if (Time.Milliseconds >= _due && !_isOff)
            {
                Step();
            }
        }
    }

    // A Pico 2 W's heap, and what is free of it: docs/memory.md.
    private VirtualDevice NewLargeDevice() => new(Time, Wire, Allocations)
    {
        TargetName = "PICO2_RP2350_W",
        TotalHeap = 349_048,
        NormalFreeHeap = 285 * 1024,
    };

    private Firmware PowerOn()
    {
        _pods?.Stop();
        Device.PowerUp();
        Boots++;
        _isOff = true;
        Time.Wait(BootTime);
        PodSystem pods = new();
        Firmware firmware = new(
            new Platform
            {
                Board = Device,
                Network = Device,
                Sockets = Wire,
                Pins = Device,
                Storage = Device,
                Time = Device,
                Clock = Time,
                Log = Device,
            },
            pods,
            new Random(_random.Next()));
        if (!firmware.Prepare())
        {
            throw new InvalidOperationException("the settings are not usable");
        }

        _pods = pods.Table is null ? null : new VirtualPods(pods, Time, Wire, Allocations);
        _isOff = false;
        _due = Time.Milliseconds;
        return firmware;
    }

    private void Step()
    {
        long started = Time.Milliseconds;
        int wait;
        using (Allocations.EnterFirmware())
        {
            wait = _firmware.Step();
        }

        _stepsAtOnce = wait > 0 || Time.Milliseconds > started ? 0 : _stepsAtOnce + 1;
        if (_stepsAtOnce > MaxStepsAtOnce)
        {
            throw new InvalidOperationException("the node's loop does not wait");
        }

        _due = Time.Milliseconds + (_pods is null ? wait : Math.Min(wait, LongestWaitWithPods));
    }

    private void Supervise()
    {
        if (!_isOff && Device.RebootReason is null)
        {
            using var scope = Allocations.EnterFirmware();
            _firmware.Check();
        }
    }
}
