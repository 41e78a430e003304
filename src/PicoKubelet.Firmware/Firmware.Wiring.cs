using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Inputs;
using PicoKubelet.Kubelet;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Provisioning;
using PicoKubelet.Rejection;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet;

// How its parts are put together, once there are settings.
public sealed partial class Firmware
{
    // A request's bound: short against the 40 s of a Lease, so that one that is lost can be sent again in time.
    private const int RequestTimeout = 8000;

    // What pods may ask for, in the Node's capacity and in its allocatable.
    private const int ResourceBytes = 64;

    // A watch lasts up to 280 s, and what it finds may have to wait for the node's loop.
    private const int MaxWatchStep = 600 * 1000;

    // The listener, one connection in service, the API client, and one for each watch: of the ConfigMap and of pods.
    private const int SocketsForTwoWatches = 5;

    // When power comes back, a thousand boards are to come back over this time rather than at once.
    private const int StartSpread = 5000;

    /// <summary>Gets what is wired to the board, or null while there are no usable settings.</summary>
    public BoardInputs Inputs { get; private set; }

    private void Wire(DeviceSettings settings)
    {
        _log.Level = settings.LogLevel;
        if (!settings.ApiServer.IsSecure)
        {
            _log.Warn("plain HTTP to the API server: the token can be read on the way; only for a proxy on the local network");
        }

        if (settings.ClientIdentity != null && !NodeIdentity.IsNode(settings.ClientIdentity))
        {
            _log.Warn("clientCertificate is no node's: who has this board may do whatever its user may", "user", settings.ClientIdentity.CommonName);
        }

        BoardProfile profile = BoardProfiles.ForTarget(_platform.Board.TargetName);
        if (settings.Target != null && BoardProfiles.ForTarget(settings.Target).Name != profile.Name)
        {
            _log.Warn("these settings were made for another kind of board", "target", settings.Target);
        }

        if (_pods == null && settings.MaxPods > 0)
        {
            _log.Warn("pods.max: this image is one without pods");
            settings.MaxPods = 0;
        }

        if (settings.ConfigMapWatch && settings.MaxPods > 0 && profile.Sockets < SocketsForTwoWatches)
        {
            _log.Warn("configMap.watch: this board has too few connections to watch pods too; the ConfigMap is polled");
            settings.ConfigMapWatch = false;
        }

        if (settings.Wifi.Address != null && !profile.HoldsStaticAddress)
        {
            _log.Warn("wifi.address: this board's runtime can hold no static address; DHCP gives one, and can be told to keep it for the board");
            settings.Wifi.Address = null;
        }

        NodeDescription node = new NodeDescription(settings, profile, _platform.Board, _platform.Network.GetMacAddress(), _platform.Storage.GetTotalBytes(), Boot);
        if (settings.SyslogHost != null)
        {
            _rebooter.Syslog = new Syslog(_log.Ring, _platform.Sockets, _platform.Clock, settings, node.Name, Boot.Boots);
        }

        SocketConnector connector = new SocketConnector(_platform.Sockets, settings.Ca, _platform.Clock, settings.ClientIdentity);
        settings.ClientIdentity?.Conceal(_log.Secrets);
        _client = new ApiClient(connector, settings.ApiServer, settings.Token, _platform.Clock, RequestTimeout, ApiClient.MaxBodyBytes + PodBytes(settings));
        _client.Conceal(_log.Secrets);
        Conceal(_platform.Network.GetPassword());
        Conceal(settings.Wifi.SecondPassword);
        Conceal(settings.Wifi.SetupPassword);
        EventRecorder events = new EventRecorder(_client, node.Name, _platform.Clock, _time, _log, _random);
        _configuration = new ConfigurationController(_platform, settings, node.Name, node.Labels, _client, _outputs, Cells, events, _log, _random);
        Inputs = new BoardInputs(_outputs.Pins, _platform.Peripherals, events, node.Name, _time, _platform.Clock);
        _configuration.Wired = Inputs;
        if (Boot.IsSafe)
        {
            _configuration.LeaveAside();
        }
        else
        {
            _configuration.LoadStored();
        }

        _clockSync = new ClockSync(_platform, _time, settings.NtpServer, _log, _random);
        _node = new NodeController(_platform, settings, node, _client, _clockSync, _time, _log, _random, _configuration, events);
        if (settings.ClientIdentity != null)
        {
            _node.Add(new CertificateDuty(settings.ClientIdentity, events, _time, _log));
        }

        if (!Boot.IsSafe)
        {
            _node.Add(_configuration.MetadataDuty);
            _node.Add(_configuration.StoreDuty);
            _node.Add(_configuration.ConfigMapDuty);
        }

        _node.Add(new RebootDuty(_rebooter, events));
        _node.Add(events);

        // A board that was just flashed is alone, and so is one that was told to reboot: somebody waits for it.
        _node.StartSpread = Boot.Boots > 1 && Boot.LastReason == BootRecord.PowerOn ? StartSpread : 0;
        _loop = new Loop("node", _node, _platform.Clock, _log, _random);
        _configuration.NodeLoop = _loop;
        _node.StatusLed = _outputs.Led.Status;
        _outputs.Led.Start();
        _supervisor = new Supervisor(_client.Statistics, _rebooter, _platform.Clock);
        _supervisor.Watch(_loop);
        if (settings.ConfigMapWatch && !Boot.IsSafe)
        {
            _watchClient = MakeWatchClient(connector, settings);
            _watchLoop = _configuration.MakeWatch(_watchClient);
            _supervisor.Watch(_watchLoop, MaxWatchStep);
        }

        int connections = (settings.ConfigMapWatch ? 2 : 1) + (settings.MaxPods > 0 ? 1 : 0);
        if (profile.HasSpareConnection(connections, _platform.Board.GetFreeHeap()))
        {
            _nodeWatchClient = MakeWatchClient(connector, settings);
            _nodeWatchLoop = _node.MakeWatch(_nodeWatchClient, _platform.Clock, _log, _random);
            _supervisor.Watch(_nodeWatchLoop, MaxWatchStep);
        }

        WirePods(settings, profile, node, connector, events);
        if (_platform.AccessPoint != null && settings.Wifi.SetupMinutes > 0)
        {
            int closings = Boot.LastReason == ProvisioningMode.ClosedReason ? Boot.RebootsInARow : 0;
            _node.Add(new LostNetworkDuty(_platform, _node.Link, settings.Wifi, _rebooter, _log, _outputs.Pins, _pods, _random, closings));
        }

        _kubelet = new KubeletServer(MakeContext(settings, node), _log);
        settings.ForgetTokens();
    }

    private void WirePods(DeviceSettings settings, BoardProfile profile, NodeDescription node, SocketConnector connector, EventRecorder events)
    {
        if (Boot.IsSafe)
        {
            // Nor are they refused: they wait for a start that stays.
            _pods = null;
            return;
        }

        PodRejection rejection = new PodRejection(_client, events, _platform.Clock, _log, _random);
        _node.Add(rejection);
        bool hasPods = _pods != null && _pods.Prepare(new PodParts
        {
            Platform = _platform,
            Settings = settings,
            Profile = profile,
            Node = node,
            Controller = _node,
            Loop = _loop,
            Client = _client,
            Connector = connector,
            RequestTimeout = RequestTimeout,
            Events = events,
            Rejection = rejection,
            Time = _time,
            Outputs = _outputs,
            Wired = Inputs,
            Cells = Cells,
            Configuration = _configuration.Configuration.Values,
            Log = _log,
            Random = _random,
        });
        if (!hasPods)
        {
            // Whatever is bound to it all the same must not wait for ever.
            _pods = null;
            rejection.LookFor(node.Name);
            return;
        }

        _pods.Supervise(_supervisor);
        _rebooter.Leaving = _pods.Leave;
    }

    /// <returns>What the Node's status takes for what pods may ask for.</returns>
    private static int PodBytes(DeviceSettings settings)
    {
        return settings.MaxPods == 0 || settings.PodResources == null ? 0 : settings.PodResources.Count * ResourceBytes;
    }

    private ApiClient MakeWatchClient(SocketConnector connector, DeviceSettings settings)
    {
        return new ApiClient(connector, settings.ApiServer, settings.Token, _platform.Clock, RequestTimeout, 0);
    }

    private void Conceal(string password)
    {
        if (password != null)
        {
            byte[] bytes = Utf8.Encoding.GetBytes(password);
            _log.Secrets.Add(bytes, 0, bytes.Length);
        }
    }

    private KubeletParts MakeContext(DeviceSettings settings, NodeDescription node)
    {
        _node.State.FreeHeap = _platform.Board.GetFreeHeap();
        return new KubeletParts
        {
            Platform = _platform,
            Settings = settings,
            Node = node,
            State = _node.State,
            Boot = Boot,
            LastLines = _lastLines,
            Syslog = _rebooter.Syslog,
            Rebooter = _rebooter,
            Conditions = _node.Conditions,
            Wifi = _node.Link,
            Api = _client.Statistics,
            Time = _time,
            Cells = Cells,
            Pods = _pods,
            Outputs = _outputs,
            Inputs = Inputs,
            Configuration = _configuration.State,
            InForce = _configuration.Configuration,
            Reload = _configuration.Reload,
        };
    }
}
