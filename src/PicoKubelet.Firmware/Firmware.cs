using System;
using System.Threading;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Pods;
using PicoKubelet.Programs;
using PicoKubelet.Provisioning;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet;

/// <summary>
/// The firmware as a whole: reads the settings, starts the node's loop and watches over it; without settings, or when the button
/// asks for it, a person gives them.
/// </summary>
public sealed class Firmware
{
    // A request's bound: short against the 40 s of a Lease, so that one that is lost can be sent again in time.
    private const int RequestTimeout = 8000;
    private const int SupervisionInterval = 5000;

    // The pins that pods may ask for, in the Node's capacity and in its allocatable.
    private const int PodBodyBytes = 512;

    // A watch lasts up to 280 s, and what it finds may have to wait for the node's loop.
    private const int MaxWatchStep = 600 * 1000;

    // When power comes back, a thousand boards are to come back over this time rather than at once.
    private const int StartSpread = 5000;
    private const int StopTimeout = 30 * 1000;

    // Two looks are needed, so a new token is in force half a minute after it was stored.
    private const int SettingsInterval = 15 * 1000;

    // A device's clock begins with the reset: time for a finger to get from the reset button to the other one.
    private const int ButtonMilliseconds = 3000;
    private const int ButtonInterval = 50;

    private readonly Platform _platform;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
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
    private PodSystem _pods;
    private ApiClient _watchClient;
    private Loop _watchLoop;
    private Loop _loop;
    private Supervisor _supervisor;
    private Thread _thread;
    private long _nextSettings;
    private bool _isStopping;

    /// <summary>Initializes the firmware; nothing runs yet.</summary>
    /// <param name="platform">What it runs on.</param>
    /// <param name="random">The source of all jitter, for a simulation that is to be repeated; null for one of its own.</param>
    public Firmware(Platform platform, Random random = null)
    {
        _random = random ?? new Random();
        _platform = platform;
        _time = new TimeKeeper(platform.Clock);
        _log = new Logger(platform.Log, _time);
        _settings = new SettingsStore(platform.Storage, _log);
        Boot = new BootRecord(platform.Storage, _log);
        _rebooter = new Rebooter(platform.Board, platform.Clock, Boot, _log);
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

    /// <summary>Gets the pods, or null where the settings give them no room.</summary>
    public PodTable Pods => _pods?.Table;

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
                _pods?.Start();
                Supervise();
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

    /// <summary>Does what is due on the supervisor's thread, each 5 s.</summary>
    /// <returns>Whether the board was told to reboot.</returns>
    public bool Check()
    {
        if (_supervisor.Check(_node.IsHealthy))
        {
            return true;
        }

        if (IsTokenRenewed())
        {
            _rebooter.Reboot("settings changed");
            return true;
        }

        _clockSync.Resync();
        return false;
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
        }
    }

    // Whoever is refused may have been given another token meanwhile: nanoff writes files into a running board.
    private bool IsTokenRenewed()
    {
        if (!_node.IsRefused || _platform.Clock.Milliseconds < _nextSettings)
        {
            return false;
        }

        _nextSettings = _platform.Clock.Milliseconds + SettingsInterval;
        return _settings.HasChanged();
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
            BeginsWithPause = Boot.LastReason == ProvisioningMode.ClosedReason,
        };
        return !_isStopping && _provisioning.Run();
    }

    private void Wire(DeviceSettings settings)
    {
        _log.Level = settings.LogLevel;
        if (!settings.ApiServer.IsSecure)
        {
            _log.Warn("plain HTTP to the API server: the token can be read on the way; only for a proxy on the local network");
        }

        BoardProfile profile = BoardProfiles.ForTarget(_platform.Board.TargetName);
        if (settings.Target != null && BoardProfiles.ForTarget(settings.Target).Name != profile.Name)
        {
            _log.Warn("these settings were made for another kind of board", "target", settings.Target);
        }

        NodeDescription node = new NodeDescription(settings, profile, _platform.Board, _platform.Network.GetMacAddress(), _platform.Storage.GetTotalBytes(), Boot);
        SocketConnector connector = new SocketConnector(_platform.Sockets, settings.Ca, _platform.Clock, settings.ClientIdentity);
        settings.ClientIdentity?.Conceal(_log.Secrets);
        _client = new ApiClient(connector, settings.ApiServer, settings.Token, _platform.Clock, RequestTimeout, ApiClient.MaxBodyBytes + (settings.MaxPods > 0 ? PodBodyBytes : 0));
        _client.Conceal(_log.Secrets);
        ConcealWifiPassword();
        EventRecorder events = new EventRecorder(_client, node.Name, _platform.Clock, _time, _log, _random);
        _configuration = new ConfigurationController(_platform, settings, node.Name, node.Labels, _client, _outputs, Cells, events, _log, _random);
        _configuration.LoadStored();
        _clockSync = new ClockSync(_platform, _time, settings.NtpServer, _log, _random);
        _node = new NodeController(_platform, settings, node, _client, _clockSync, _time, _log, _random, _configuration, events);
        if (settings.ClientIdentity != null)
        {
            _node.Add(new CertificateDuty(settings.ClientIdentity, events, _time, _log));
        }

        _node.Add(_configuration.MetadataDuty);
        _node.Add(events);
        _node.Add(_configuration.StoreDuty);
        _node.Add(_configuration.ConfigMapDuty);

        // A board that was just flashed is alone, and so is one that was told to reboot: somebody waits for it.
        _node.StartSpread = Boot.Boots > 1 && Boot.LastReason == BootRecord.PowerOn ? StartSpread : 0;
        _loop = new Loop("node", _node, _platform.Clock, _log, _random);
        _configuration.NodeLoop = _loop;
        _node.StatusLed = _outputs.Led.Status;
        _outputs.Led.Start();
        if (settings.ConfigMapWatch)
        {
            _watchClient = new ApiClient(connector, settings.ApiServer, settings.Token, _platform.Clock, RequestTimeout, 0);
            _watchLoop = _configuration.MakeWatch(_watchClient);
        }

        _supervisor = new Supervisor(_client.Statistics, _rebooter, _platform.Clock);
        _supervisor.Watch(_loop);
        if (_watchLoop != null)
        {
            _supervisor.Watch(_watchLoop, MaxWatchStep);
        }

        WirePods(settings, node, connector, events);
        _kubelet = new KubeletServer(MakeContext(settings, profile, node), _log);
        settings.ForgetTokens();
    }

    private void WirePods(DeviceSettings settings, NodeDescription node, SocketConnector connector, EventRecorder events)
    {
        if (settings.MaxPods == 0)
        {
            return;
        }

        ProgramContext context = new ProgramContext { Clock = _platform.Clock, Time = _time, Outputs = _outputs, Cells = Cells, Random = _random };
        ApiClient watchClient = new ApiClient(connector, settings.ApiServer, settings.Token, _platform.Clock, RequestTimeout, 0);
        _pods = new PodSystem(_platform.Board, settings, node, _node, _loop, _client, watchClient, events, context, _log);
        _pods.Supervise(_supervisor);
    }

    private void ConcealWifiPassword()
    {
        string password = _platform.Network.GetPassword();
        if (password != null)
        {
            byte[] bytes = Utf8.Encoding.GetBytes(password);
            _log.Secrets.Add(bytes, 0, bytes.Length);
        }
    }

    private KubeletParts MakeContext(DeviceSettings settings, BoardProfile profile, NodeDescription node)
    {
        _node.State.FreeHeap = _platform.Board.GetFreeHeap();
        return new KubeletParts
        {
            Platform = _platform,
            Settings = settings,
            Profile = profile,
            Node = node,
            State = _node.State,
            Boot = Boot,
            Rebooter = _rebooter,
            Conditions = _node.Conditions,
            Wifi = _node.Link,
            Api = _client.Statistics,
            Time = _time,
            Cells = Cells,
            Pods = _pods?.Table,
            Outputs = _outputs,
            Configuration = _configuration.State,
            InForce = _configuration.Configuration,
            Reload = _configuration.Reload,
        };
    }

    private void Supervise()
    {
        bool isRebooting = false;
        while (!_isStopping && !isRebooting)
        {
            _wake.WaitOne(SupervisionInterval, false);
            isRebooting = !_isStopping && Check();
        }
    }

    private void LogFailure(Exception failure)
    {
        try
        {
            _log.Error("unhandled exception", "error", failure.GetType().Name + ": " + failure.Message);
        }
        catch (Exception)
        {
            // The line may find no memory.
        }
    }
}
