using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>
/// Makes the Node exist and be right: created where there is none, and where there is one, its labels, addresses, capacity
/// and system information are made ours again. Runs at the start, after the Node was deleted, and after a silence so long
/// that the node controller may have changed the conditions.
/// </summary>
internal sealed class NodeRegistration
{
    private const string NodesPath = "/api/v1/nodes";

    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeConditions _conditions;
    private readonly NodeStatusController _status;
    private readonly ObjectVersion _version;
    private readonly ConfigurationController _configuration;
    private readonly EventRecorder _events;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly string _path;
    private bool _hasRebooted;

    /// <param name="client">The client of the API server.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="conditions">The Node's conditions.</param>
    /// <param name="status">Reports the status.</param>
    /// <param name="version">The version of the Node that the last reply told.</param>
    /// <param name="configuration">Puts labels and annotations on the Node.</param>
    /// <param name="events">Records Events.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    public NodeRegistration(
        ApiClient client, NodeDescription node, NodeConditions conditions, NodeStatusController status, ObjectVersion version,
        ConfigurationController configuration, EventRecorder events, TimeKeeper time, Logger log)
    {
        _client = client;
        _node = node;
        _status = status;
        _version = version;
        _configuration = configuration;
        _events = events;
        _time = time;
        _log = log;
        _conditions = conditions;
        _path = NodesPath + "/" + node.Name;
    }

    /// <summary>Gets the Node's uid as of the last registration.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets whether the last registration created the Node.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Gets the Node as it is read by a registration or a mending under way; null at other times, since it takes heap and is seldom needed.</summary>
    public NodeReply Found { get; private set; }

    /// <summary>
    /// Gets whether the mending under way found the Node to show a boot that is not this one: since it was registered nobody but
    /// another board of the same name writes there.
    /// </summary>
    public bool IsForeign => Found.BootId != null && Found.BootId.Length > 0 && Found.BootId != _node.BootId;

    /// <summary>Registers or reconciles the Node.</summary>
    /// <param name="address">The node's address.</param>
    /// <returns>What became of it: of the request that failed, or of the last.</returns>
    public ApiResult Run(string address)
    {
        Begin(address);
        ApiResult result = Register(address);
        End();
        return result;
    }

    /// <summary>Begins to read the Node.</summary>
    /// <param name="address">The address that it must show.</param>
    /// <returns>What takes it, <see cref="Found"/> until <see cref="End"/>.</returns>
    public NodeReply Begin(string address)
    {
        Found = new NodeReply(_node, _conditions, _version, _configuration.Configuration.Values) { Address = address };
        return Found;
    }

    /// <summary>Forgets what was read.</summary>
    public void End()
    {
        Found = null;
    }

    private ApiResult Register(string address)
    {
        IsNew = false;
        ApiResult result = _client.Get(_path, ReplyForm.Whole, Found);
        if (result.Outcome == ApiOutcome.NotFound)
        {
            result = Create();
        }
        else if (result.IsOk)
        {
            result = Reconcile(result);
        }

        if (!result.IsOk)
        {
            return result;
        }

        Uid = _version.Uid;
        if (Uid == null)
        {
            return result.As(ApiOutcome.Garbled, "a Node without a uid");
        }

        if (IsNew && Found.HasConditions && Found.HasSystem)
        {
            _status.NoteReported(address);
        }
        else
        {
            // Also where a server ignored the status of the Node that was created.
            result = _status.Report(address, Uid, true);
        }

        if (result.IsOk)
        {
            NoteRegistered(address);
        }

        return result;
    }

    private void NoteRegistered(string address)
    {
        _log.Info("registered", "node", _node.Name, "address", address);
        Adopt();
        if (_hasRebooted)
        {
            // Only now: the attempts before this one may have found the same.
            _hasRebooted = false;
            _events.Record(EventRecorder.Warning, EventReason.Rebooted, "Node " + _node.Name + " has been rebooted, boot id: " + _node.BootId + ", reason: " + _node.BootReason);
        }

        if (_configuration.IsAside)
        {
            _events.Record(EventRecorder.Warning, EventReason.SafeMode, _configuration.State.Message);
        }
    }

    /// <summary>Hands what the Node has of the configuration to it.</summary>
    public void Adopt()
    {
        _configuration.Adopt(Found.OwnedLabels, Found.OwnedAnnotations, Found.ConfigurationVersion, Found.HasConfigured);
    }

    private ApiResult Create()
    {
        // With its status: a Node that is made again would be shown as Unknown until the report.
        JsonWriter json = _client.Begin(Verb.Post, NodesPath, MediaType.Json, ReplyForm.Whole);
        NodeDocument.BeginNode(json, _node);
        _status.Write(json, Found.Address);
        if (json.Output.Overflowed)
        {
            // Many labels, and a long message in a condition.
            json = _client.Begin(Verb.Post, NodesPath, MediaType.Json, ReplyForm.Whole);
            NodeDocument.BeginNode(json, _node);
            json.EndObject();
        }

        ApiResult result = _client.Send(Found);
        if (result.IsOk)
        {
            IsNew = true;
            _log.Info("node created", "node", _node.Name);
            _status.HasAddresses = false;
            return result;
        }

        if (result.Outcome != ApiOutcome.AlreadyExists)
        {
            return result;
        }

        // Somebody, maybe this device before its reply was lost, was faster.
        result = _client.Get(_path, ReplyForm.Whole, Found);
        return result.IsOk ? Reconcile(result) : result;
    }

    private ApiResult Reconcile(ApiResult result)
    {
        Found.AdoptTransitions(_time.UtcNow);
        _status.HasAddresses = Found.HasAddresses;
        _status.Stale = Found.Stale;

        // As the kubelet does: a Node that shows no boot yet was not there before.
        _hasRebooted |= IsForeign;
        if (Found.HasLabels)
        {
            _log.Info("node found", "node", _node.Name);
            return result;
        }

        _log.Info("node found with other labels; setting ours", "node", _node.Name);
        return SendLabels();
    }

    /// <summary>Sets the node's own labels.</summary>
    /// <returns>What became of it.</returns>
    public ApiResult SendLabels()
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch);
        NodeDocument.WriteLabelsPatch(json, _node);
        return _client.Send(_version);
    }
}
