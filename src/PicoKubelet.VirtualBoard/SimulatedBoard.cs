using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Settings;
using PicoKubelet.Time;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard;

/// <summary>
/// A board that exists in this process alone: the firmware over simulated hardware and the PC's network.
/// All members may be called from any thread.
/// </summary>
public sealed partial class SimulatedBoard : IAsyncDisposable
{
    // Held while the power is switched, which waits for the firmware's threads: nothing that these threads call takes it.
    private readonly object _power = new();
    private readonly BoardLog _log;
    private readonly Logger _logger;
    private readonly SimulatedHardware _hardware;
    private readonly SimulatedNetwork _network;
    private readonly SimulatedStorage _storage;
    private readonly SimulatedPins _pins;
    private readonly SimulatedAccessPoint? _accessPoint;
    private readonly SimulatedWifiSetup? _wifiSetup;
    private readonly NodeState _stateBeforeSettings = new();
    private volatile Firmware _firmware;
    private volatile PodSystem _pods = new();
    private volatile bool _isRunning;
    private volatile int _boots;
    private volatile string? _rebootReason;
    private volatile string _nodeName;

    /// <summary>Initializes a board that is off, and stores its settings document.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="sink">Where its log lines go besides <see cref="Log"/>, or null.</param>
    public SimulatedBoard(BoardOptions options, ILogSink? sink = null)
    {
        Name = options.Name;
        Model = BoardModels.Find(options.Board);
        _log = new BoardLog(sink);
        _log.Written += (level, line) => LogWritten?.Invoke(level, line);
        _logger = new Logger(_log, NewTimeKeeper());
        _hardware = new SimulatedHardware(Model, RebootFromWithin);
        _network = new SimulatedNetwork(options.Name, options.Address, Model.TargetName);
        IFiles files = options.StateFolder is null ? new MemoryFiles() : new FolderFiles(options.StateFolder);
        _storage = new SimulatedStorage(files, Model.StorageBytes);
        _pins = new SimulatedPins(Model.TargetName);
        _peripherals = new SimulatedPeripherals(Model.TargetName);
        if (options.Provisions)
        {
            _accessPoint = new SimulatedAccessPoint(options.ProvisioningPort);
            Guide = new ProvisioningGuide(_accessPoint.Url, options.ApiServer?.GetLeftPart(UriPartial.Authority), options.Token);
            _wifiSetup = new SimulatedWifiSetup();
        }
        else
        {
            string settings = SettingsDocument.Write(options, SettingsDocument.Unseal(_storage.ReadText(SettingsStore.FileName)));
            KubeletPort = SettingsDocument.ReadKubeletPort(settings);
            _storage.WriteText(SettingsStore.FileName, settings);
        }

        _firmware = NewFirmware();
        _nodeName = FindNodeName();
    }

    /// <summary>Raised for each line that the board logs, on the thread that logs it.</summary>
    public event Action<LogLevel, string>? LogWritten;

    /// <summary>Gets the board's name.</summary>
    public string Name { get; }

    /// <summary>Gets the name by which the board registers, as of its last start: that of its settings, or one of its hardware address.</summary>
    public string NodeName => _nodeName;

    /// <summary>Gets what kind of board it is.</summary>
    public BoardModel Model { get; }

    /// <summary>Gets the port on which the board's kubelet listens.</summary>
    public int KubeletPort { get; } = new DeviceSettings().KubeletPort;

    /// <summary>Gets the page on which the board is given its settings, or null while it serves none.</summary>
    public Uri? ProvisioningUrl => _accessPoint is { IsOpen: true } open ? open.Url : null;

    /// <summary>Gets the name of the Wi-Fi network that the board was given by that page, or null.</summary>
    public string? ProvisionedSsid => _wifiSetup is { Ssid.Length: > 0 } wifi ? wifi.Ssid : null;

    /// <summary>Gets whether the board is on.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Gets how often the board was started.</summary>
    public int Boots => _boots;

    /// <summary>Gets why the board rebooted last, or null when it never did.</summary>
    public string? RebootReason => _rebootReason;

    /// <summary>Gets whether nothing is wrong with the Wi-Fi network.</summary>
    public bool WifiUp => _network.Fault == WifiFault.None && _flapping is null;

    /// <summary>Gets or sets the IPv4 address that the network gives the board. A new one breaks the connections made from the old one.</summary>
    public string Address
    {
        get => _network.Address;
        set => _network.Address = value;
    }

    /// <summary>Gets or sets the free heap that the firmware sees, bytes. Switching the board off sets it back.</summary>
    public long FreeHeap
    {
        get => _hardware.FreeHeap;
        set => _hardware.FreeHeap = value;
    }

    /// <summary>Gets or sets whether the file storage works.</summary>
    public bool StorageHealthy
    {
        get => _storage.Works;
        set => _storage.Works = value;
    }

    /// <summary>Gets what the firmware knows about its node: the running firmware's, or the last one's while the board is off.</summary>
    public NodeState State => _firmware.State ?? _stateBeforeSettings;

    /// <summary>Gets what the running firmware's client of the API server did so far, or null before it has read its settings.</summary>
    public ApiStatistics? ApiStatistics => _firmware.ApiStatistics;

    /// <summary>Gets the bytes of TLS that were sent and received over connections that the board made, watches and registries too, since the board exists.</summary>
    public (long Sent, long Received) TlsBytes => _network.TlsBytes;

    /// <summary>Gets the last 500 lines that the board logged, oldest first.</summary>
    public IReadOnlyList<string> Log => _log.Texts();

    /// <summary>Compares the Wi-Fi password that the board was given by its page.</summary>
    /// <param name="password">What it may be.</param>
    /// <returns>Whether it is this one.</returns>
    public bool IsProvisionedPassword(string password)
    {
        return _wifiSetup is not null && _wifiSetup.PasswordIs(password);
    }

    /// <summary>Gets whether a file is in the board's storage.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Whether it is there.</returns>
    public bool HasFile(string name)
    {
        return _storage.ReadText(name) is not null;
    }

    /// <summary>Switches the board on. Does nothing when it is on.</summary>
    public void Start()
    {
        lock (_power)
        {
            if (_isRunning)
            {
                return;
            }

            _firmware = NewFirmware();
            _nodeName = FindNodeName();
            _boots++;
            _network.SetPower(true);
            _accessPoint?.SetPower(true);
            _isRunning = true;
            _firmware.Start();
        }
    }

    /// <summary>
    /// Cuts the power, without a goodbye to the cluster, and waits until the firmware's threads have ended.
    /// Does nothing when the board is off.
    /// </summary>
    public void Stop()
    {
        lock (_power)
        {
            if (!_isRunning)
            {
                return;
            }

            // The sockets first: they are what the firmware's threads may be waiting for.
            _isRunning = false;
            _network.SetPower(false);
            _accessPoint?.SetPower(false);
            _firmware.Stop();
            _hardware.FreeHeap = Model.FreeHeap;
        }
    }

    /// <summary>Restarts the board, as its reset button does, and returns once the firmware was started again.</summary>
    public void Reboot()
    {
        Reboot("reset button", _boots);
    }

    /// <summary>Switches the board off.</summary>
    /// <returns>A task that ends when the firmware's threads have ended.</returns>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _flapping, null)?.Dispose();
        return new ValueTask(Task.Run(Stop));
    }

    /// <summary>Gets how the board can be given settings, or null where it is not by a page. It may have them already.</summary>
    internal ProvisioningGuide? Guide { get; }

    /// <summary>Gets the last log lines with their levels, oldest first.</summary>
    internal IReadOnlyList<LogLine> LastLines(int count)
    {
        return _log.Last(count);
    }

    // Comes from one of the firmware's own threads, which Stop would wait for: another thread does it.
    private void RebootFromWithin(string reason)
    {
        int boot = _boots;
        ThreadPool.QueueUserWorkItem(_ => Reboot(reason, boot));
    }

    private void Reboot(string reason, int boot)
    {
        lock (_power)
        {
            // Asked for twice, or by a firmware that is gone by now: once is enough.
            if (!_isRunning || boot != _boots)
            {
                return;
            }

            _rebootReason = reason;
            _logger.Warn("board reboots", "reason", reason, "boots", boot.ToString());
            Stop();
            Start();
        }
    }

    private string FindNodeName()
    {
        string? settings = SettingsDocument.Unseal(_storage.ReadText(SettingsStore.FileName));
        return SettingsDocument.ReadText(settings, "nodeName") ?? "pico-" + Convert.ToHexStringLower(_network.GetMacAddress().AsSpan(3));
    }

    private static TimeKeeper NewTimeKeeper()
    {
        var time = new TimeKeeper(SystemClock.Instance);
        time.Set(DateTime.UtcNow);
        return time;
    }
}
