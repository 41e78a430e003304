using System;
using System.Threading;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Provisioning;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet;

/// <summary>
/// The firmware as a whole: reads the settings, starts the node's loop and watches over it; without settings, or when the button
/// asks for it, a person gives them.
/// </summary>
public sealed partial class Firmware
{
    private const int SupervisionInterval = 5000;
    private const int StopTimeout = 30 * 1000;

    // Two looks are needed, so a new token is in force half a minute after it was stored.
    private const int SettingsInterval = 15 * 1000;

    // A device's clock begins with the reset: time for a finger to get from the reset button to the other one.
    private const int ButtonMilliseconds = 3000;
    private const int ButtonInterval = 50;

    private readonly Platform _platform;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly LogFile _lastLines;
    private readonly Random _random;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private readonly SettingsStore _settings;
    private readonly Rebooter _rebooter;
    private readonly BoardOutputs _outputs;
    private ProvisioningMode _provisioning;
    private NodeController _node;
    private ApiClient _client;
    private ClockSync _clockSync;
    private KubeletServer _kubelet;
    private ConfigurationController _configuration;
    private IPodProvider _pods;
    private ApiClient _watchClient;
    private Loop _watchLoop;
    private ApiClient _nodeWatchClient;
    private Loop _nodeWatchLoop;
    private Loop _loop;
    private Supervisor _supervisor;
    private Thread _thread;
    private long _nextSettings;
    private bool _isStopping;

    /// <summary>Initializes the firmware; nothing runs yet.</summary>
    /// <param name="platform">What it runs on.</param>
    /// <param name="pods">What runs pods, or null in an image without.</param>
    /// <param name="random">The source of all jitter, for a simulation that is to be repeated; null for one of its own.</param>
    public Firmware(Platform platform, IPodProvider pods, Random random = null)
    {
        _random = random ?? new Random();
        _platform = platform;
        _pods = pods;
        _time = new TimeKeeper(platform.Clock);
        LogRing ring = new LogRing(BoardProfile.LogBytes(platform.Board.GetTotalHeap()), true);
        _log = new Logger(platform.Log, _time) { Ring = ring };
        _lastLines = new LogFile(platform.Storage, ring);
        _settings = new SettingsStore(platform.Storage, _log);
        Boot = new BootRecord(platform.Storage, _log);
        _rebooter = new Rebooter(platform.Board, platform.Clock, Boot, _log, _lastLines);
        _outputs = new BoardOutputs(platform.Pins);
    }

    /// <summary>Gets how often and why the board was started.</summary>
    public BootRecord Boot { get; }

    /// <summary>Gets what the node knows of itself, or null while there are no usable settings.</summary>
    public NodeState State => _node?.State;

    /// <summary>Gets what the client of the API server did so far, or null while there are no usable settings.</summary>
    public ApiStatistics ApiStatistics => _client?.Statistics;

    /// <summary>Gets the configuration in force, or null while there are no usable settings.</summary>
    public NodeConfiguration Configuration => _configuration?.Configuration;

    /// <summary>Gets what became of the ConfigMap so far, or null while there are no usable settings.</summary>
    public ConfigurationState ConfigurationState => _configuration?.State;

    /// <summary>Gets the kubelet's port, or null while there are no usable settings.</summary>
    public KubeletServer Kubelet => _kubelet;

    /// <summary>Gets the memory cells.</summary>
    public MemoryCells Cells { get; } = new MemoryCells();

    /// <summary>Starts <see cref="Run"/> on a thread of its own; returns at once. For the PC.</summary>
    public void Start()
    {
        _thread = new Thread(Run);
        _thread.Start();
    }

    /// <summary>Runs the firmware on the calling thread, until a reboot or <see cref="Stop"/>. Nothing is thrown.</summary>
    public void Run()
    {
        try
        {
            if (Prepare())
            {
                _loop.Start();
                _kubelet.Start();
                _kubelet.WatchBy(_supervisor);
                _watchLoop?.Start();
                _nodeWatchLoop?.Start();
                Inputs.Start();
                _pods?.Start();

                // Not in a method of its own: this thread rests here, and each call's frame takes 204 bytes of a device's heap.
                bool isRebooting = false;
                while (!_isStopping && !isRebooting)
                {
                    _wake.WaitOne(SupervisionInterval, false);
                    isRebooting = !_isStopping && Check();
                }
            }
        }
        catch (Exception e)
        {
            LogFailure(e);
            while (!_isStopping && !_rebooter.TryReboot("unhandled exception"))
            {
                _wake.WaitOne(SupervisionInterval, false);
            }
        }
    }

    /// <summary>
    /// Reads the settings, from a person where there are none, and puts everything together; no loop runs yet. <see cref="Run"/>
    /// does so, and a simulation, whose clock is its own: it calls <see cref="Step"/> and <see cref="Check"/> when they are due.
    /// </summary>
    /// <returns>Whether to go on as a node.</returns>
    public bool Prepare()
    {
        _log.Info("picokubelet starts", "version", FirmwareVersion.Number, "target", _platform.Board.TargetName);
        if (BoardProfiles.ForTarget(_platform.Board.TargetName).HasUnsureStorage)
        {
            _log.Info("opening the storage; where nothing follows, the runtime has none: docs/troubleshooting.md");
        }

        Boot.Begin();
        _log.Info("boot", "number", Boot.Boots.ToString(), "reason", Boot.LastReason);
        DeviceSettings settings = _settings.Load();
        bool isAsked = IsButtonHeld();

        // Open already: on an ESP32 it opens with a reboot only.
        bool isOpen = _platform.AccessPoint != null && _platform.AccessPoint.IsOpen;
        if ((settings == null || isAsked || isOpen) && !Provision(settings, isAsked))
        {
            return false;
        }

        Wire(settings);
        return true;
    }

    /// <summary>Does what is due in the node's loop.</summary>
    /// <returns>When the next step is due, in milliseconds from now.</returns>
    public int Step()
    {
        return _loop.Step();
    }

    /// <summary>
    /// Ends the loops and closes their connections. For the PC, where the sockets are reset before, so that nothing waits
    /// for a peer; a device only ever reboots.
    /// </summary>
    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
        _provisioning?.Stop();
        if (_thread != null)
        {
            _thread.Join(StopTimeout);
        }

        _outputs.Led.Stop();
        Inputs?.Stop();

        if (_loop != null)
        {
            _kubelet.Stop();
            _configuration.Stop();
            _loop.Stop(StopTimeout);
            _client.Close();
            _pods?.Stop(StopTimeout);
            if (_watchLoop != null)
            {
                _watchLoop.Stop(StopTimeout);
                _watchClient.Close();
            }

            if (_nodeWatchLoop != null)
            {
                _nodeWatchLoop.Stop(StopTimeout);
                _nodeWatchClient.Close();
            }
        }
    }

    private bool IsButtonHeld()
    {
        if (_platform.AccessPoint == null || _platform.Pins == null)
        {
            return false;
        }

        bool isHeld = _platform.Pins.IsButtonHeld;
        while (!isHeld && !_isStopping && _platform.Clock.Milliseconds < ButtonMilliseconds)
        {
            _wake.WaitOne(ButtonInterval, false);
            isHeld = _platform.Pins.IsButtonHeld;
        }

        return isHeld;
    }

    /// <returns>Whether to go on as a node.</returns>
    private bool Provision(DeviceSettings settings, bool isAsked)
    {
        if (_platform.AccessPoint == null)
        {
            // Not a reason to reboot: the settings would be the same.
            _outputs.Led.Status.Status = DeviceStatus.NoSettings;
            _outputs.Led.Start();
            _log.Error("waiting for settings: deploy them with nanoff, then reset the board", "file", SettingsStore.FileName);
            if (!_isStopping)
            {
                _wake.WaitOne();
            }

            return false;
        }

        _provisioning = new ProvisioningMode(_platform, _settings, settings, _rebooter, _log)
        {
            IsOpenNetwork = isAsked,
        };
        _provisioning.Continue(Boot.LastReason, Boot.RebootsInARow);
        return !_isStopping && _provisioning.Run();
    }
}
