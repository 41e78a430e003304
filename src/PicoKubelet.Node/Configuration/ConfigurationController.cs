using System;
using PicoKubelet.Api;
using PicoKubelet.Api.Watch;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>
/// Follows the ConfigMap: looks at it, puts what is valid in force, reports what it did, and stores it. What of that is to be done by
/// the node's loop are duties of that loop.
/// </summary>
public sealed class ConfigurationController
{
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly DeviceSettings _settings;
    private readonly string _configMapName;
    private readonly ConfigMapReader _reader;
    private readonly ConfigurationInForce _inForce;
    private readonly ConfigurationStore _store;
    private readonly NodeMetadataController _metadata;
    private readonly ConfigMapDuty _configMap;

    /// <summary>Initializes the controller; the defaults are in force.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="settings">The device's settings.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="nodeLabels">The labels that the node sets by itself.</param>
    /// <param name="client">The client of the API server; the node's loop's.</param>
    /// <param name="outputs">The LED and the pins.</param>
    /// <param name="cells">The memory cells.</param>
    /// <param name="events">Records Events.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public ConfigurationController(
        Platform platform, DeviceSettings settings, string nodeName, Labels nodeLabels, ApiClient client, IOutputs outputs, MemoryCells cells,
        EventRecorder events, Logger log, Random random)
    {
        _clock = platform.Clock;
        _log = log;
        _random = random;
        _settings = settings;
        _configMapName = settings.ConfigMapName ?? nodeName;
        ConfigurationValues values = new ConfigurationValues(cells);
        Configuration = new NodeConfiguration(values);
        _reader = new ConfigMapReader(ScopeOf(platform, settings, nodeLabels), settings, values, BufferFor(settings, client));
        _inForce = new ConfigurationInForce(Configuration, outputs, _clock, log);
        _store = new ConfigurationStore(platform.Storage, _clock, settings, log);
        _metadata = new NodeMetadataController(client, nodeName, nodeLabels, values, events, _clock, log, random);
        ConfigurationTeller teller = new ConfigurationTeller(State, _metadata, events, log);
        ConfigMapTaker taker = new ConfigMapTaker(_reader, settings, _inForce, _store, _metadata, teller, State, _clock, log, settings.ConfigMapNamespace + "/" + _configMapName);
        _configMap = new ConfigMapDuty(NewSource(client), taker, _inForce, teller, State, Configuration, settings.ConfigMapWatch, _clock, random);
        StoreDuty = new StoreDuty(_store, Configuration, client);
        _inForce.Apply(ConfigurationKeys.MakeDefaults(settings), _reader.Report);
    }

    /// <summary>Gets the configuration in force.</summary>
    public NodeConfiguration Configuration { get; }

    /// <summary>Gets what became of the ConfigMap so far.</summary>
    public ConfigurationState State { get; } = new ConfigurationState();

    /// <summary>Gets the duty that looks at the ConfigMap.</summary>
    public INodeDuty ConfigMapDuty => _configMap;

    /// <summary>Gets the duty that puts the configuration's labels and annotations on the Node.</summary>
    public INodeDuty MetadataDuty => _metadata;

    /// <summary>Gets the duty that stores the configuration.</summary>
    public INodeDuty StoreDuty { get; }

    /// <summary>Sets what makes use of what is wired to the board, before anything but the defaults is in force; without it nothing does.</summary>
    public IWired Wired
    {
        set => _inForce.Wired = value;
    }

    /// <summary>Gets or sets the node's loop, which is woken when there is something to do for it.</summary>
    public Loop NodeLoop { get; set; }

    /// <summary>Gets whether the ConfigMap is left aside and the defaults stay in force.</summary>
    public bool IsAside { get; private set; }

    /// <summary>Leaves the ConfigMap aside, the stored one too, until the next start. The duties are not to be done then.</summary>
    public void LeaveAside()
    {
        IsAside = true;
        State.Set(false, EventReason.SafeMode, "safe mode: ten starts in a row ended within a minute; ConfigMap and pods are left aside for an hour or until the command reboot");
        _log.Warn(State.Message);
    }

    /// <summary>Puts the stored configuration in force, before there is a network.</summary>
    public void LoadStored()
    {
        if (_store.TryLoad(_reader))
        {
            UseStored();
        }

        _reader.Forget();
    }

    private void UseStored()
    {
        // A newer or an older firmware may have stored it.
        ConfigurationReport report = _reader.Report;
        if (!report.IsClean)
        {
            _log.Warn("stored configuration is used in part", "error", report.MakeMessage());
        }

        _inForce.Apply(_reader.Values, report);
        if (report.Failures > 0)
        {
            State.Set(false, report.Reason, report.MakeMessage());
            _log.Warn("stored configuration is in force in part", "error", State.Message);
            return;
        }

        State.Set(true, "Stored", "the last good configuration is in force, from the device's storage");
        _log.Info("stored configuration in force");
    }

    /// <summary>Makes the watch's loop, for a device that watches.</summary>
    /// <param name="client">A client of the API server for the watch alone.</param>
    /// <returns>The loop, which does not run yet. It watches once the node is registered.</returns>
    public Loop MakeWatch(ApiClient client)
    {
        WatchedConfigMap watched = new WatchedConfigMap(NewSource(client), _reader);
        watched.Handover.Receiver = NodeLoop;
        _configMap.Watched = watched;
        return new Loop("configmap watch", new ResourceWatcher(client, watched, _clock, _log, _random), _clock, _log, _random);
    }

    /// <summary>Lets a watch end. For the PC.</summary>
    public void Stop()
    {
        _configMap.Watched?.Handover.Close();
    }

    /// <summary>Takes over what the Node has, once it was registered or found.</summary>
    /// <param name="ownedLabels">The keys of the labels that the ConfigMap put there, or null.</param>
    /// <param name="ownedAnnotations">The keys of the annotations that the ConfigMap put there, or null.</param>
    /// <param name="version">The resourceVersion that the Node shows as applied, or null.</param>
    /// <param name="hasAll">Whether the Node has all labels and annotations of the configuration in force, with their values.</param>
    public void Adopt(string ownedLabels, string ownedAnnotations, string version, bool hasAll)
    {
        _metadata.Adopt(ownedLabels, ownedAnnotations, version, hasAll);
    }

    /// <summary>Looks at the ConfigMap, on the node's loop, and waits for it. For other threads than that loop's.</summary>
    /// <returns>Null where what is there now was read and is in force, otherwise why not, in a few words.</returns>
    public string Reload()
    {
        return IsAside ? State.Message : _configMap.Ask(NodeLoop);
    }

    /// <remarks>
    /// A poll's reply is read on the client's own loop, and what it says is in force before the next request: it passes through
    /// the buffer of the request. A watch is read on another thread.
    /// </remarks>
    private static byte[] BufferFor(DeviceSettings settings, ApiClient client)
    {
        return settings.ConfigMapWatch ? new byte[ConfigMapReader.MinBufferBytes] : client.BorrowBuffer();
    }

    private static ConfigurationScope ScopeOf(Platform platform, DeviceSettings settings, Labels nodeLabels)
    {
        return new ConfigurationScope(platform.Pins, nodeLabels) { Peripherals = platform.Peripherals, HasPrograms = settings.MaxPods > 0 };
    }

    private ConfigMapSource NewSource(ApiClient client)
    {
        return new ConfigMapSource(client, _settings.ConfigMapNamespace, _configMapName, _reader);
    }
}
