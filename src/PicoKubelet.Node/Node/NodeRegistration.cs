using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>
/// Makes the Node exist and be right: created where there is none, and where there is one, its labels, addresses, capacity
/// and system information are made ours again. Runs at the start, after the Node was deleted, and after a silence so long
/// that the node controller may have changed the conditions. In between it looks whether somebody else changed the Node, and
/// mends what of it is ours.
/// </summary>
internal sealed class NodeRegistration
{
    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeStatusController _status;
    private readonly ObjectVersion _version;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly NodeReply _reply;
    private readonly string _path;
    private string _lastMended;
    private bool _isTracked;
    private bool _mayTaint;

    /// <param name="client">The client of the API server.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="conditions">The Node's conditions.</param>
    /// <param name="status">Reports the status.</param>
    /// <param name="version">The version of the Node that the last reply told.</param>
    /// <param name="configured">What the configuration puts on the Node.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    public NodeRegistration(ApiClient client, NodeDescription node, NodeConditions conditions, NodeStatusController status, ObjectVersion version, ConfigurationValues configured, TimeKeeper time, Logger log)
    {
        _client = client;
        _node = node;
        _status = status;
        _version = version;
        _time = time;
        _log = log;
        _reply = new NodeReply(node, conditions, version, configured);
        _path = "/api/v1/nodes/" + node.Name;
    }

    /// <summary>Gets the Node's uid as of the last registration.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets or sets whether the Node that was found shows another boot than this one. Stays so when what follows fails.</summary>
    public bool HasRebooted { get; set; }

    /// <summary>Gets whether the last registration created the Node.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Gets whether the last look found a Node that somebody else changed.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Gets the Node as of the last registration or mending.</summary>
    public NodeReply Found => _reply;

    /// <summary>
    /// Gets whether the last mending found the Node to show a boot that is not this one: since it was registered nobody but
    /// another board of the same name writes there.
    /// </summary>
    public bool IsForeign => _reply.BootId != null && _reply.BootId.Length > 0 && _reply.BootId != _node.BootId;

    /// <summary>Registers or reconciles the Node.</summary>
    /// <param name="address">The node's address.</param>
    /// <returns>What became of it: of the request that failed, or of the last.</returns>
    public ApiResult Run(string address)
    {
        IsNew = false;
        _mayTaint = true;
        _lastMended = null;
        ApiResult result = _client.Get(_path, ReplyForm.Whole, _reply);
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
        _isTracked = _version.IsTracked;
        if (Uid == null)
        {
            return result.As(ApiOutcome.Garbled, "a Node without a uid");
        }

        return _status.Report(address, Uid, true);
    }

    /// <summary>
    /// Looks whether somebody else changed the Node since the last reply that told its version: the metadata alone, and no more
    /// where it is the same. resourceVersion is opaque, so equality is all that counts.
    /// </summary>
    /// <returns>What became of it; NotFound also where the Node is not the one that was registered.</returns>
    public ApiResult Look()
    {
        string known = _version.ResourceVersion;

        // What ends the record is a change itself, and may hide another one: the Node is read in any case then.
        HasChanged = _isTracked;
        ApiResult result = _isTracked ? Untrack() : _client.Get(_path, ReplyForm.Metadata, _version);
        _isTracked = false;
        if (result.IsOk)
        {
            HasChanged |= _version.ResourceVersion != known;
            result = RequireSame(result);
        }

        if (result.IsOk && !HasChanged)
        {
            _lastMended = null;
        }

        return result;
    }

    /// <summary>Reads the whole Node and mends what of it is ours and not as it must be.</summary>
    /// <param name="address">The node's address.</param>
    /// <returns>What became of it: of the request that failed, or of the last; NotFound also where the Node is not the one that was registered.</returns>
    public ApiResult Mend(string address)
    {
        _reply.Address = address;
        ApiResult result = _client.Get(_path, ReplyForm.Whole, _reply);
        result = RequireSame(result);
        if (result.IsOk)
        {
            string mended = Differences();
            if (mended != null && mended != _lastMended)
            {
                // Once, not at each look: it may be somebody who does not give up.
                _log.Info("somebody else changed the Node; setting it right", "node", _node.Name, "what", mended);
            }

            _lastMended = mended;
            result = SetRight(result, address);
        }

        if (!result.IsOk)
        {
            // So that the next look does not take for right what was not mended.
            _version.ResourceVersion = null;
        }

        return result;
    }

    private string Differences()
    {
        return !_reply.HasConditions ? "conditions"
            : !_reply.HasSystem ? "addresses or capacity"
            : !_reply.HasLabels ? "labels"
            : !_reply.HasTaint && _mayTaint ? "taint" : null;
    }

    private ApiResult SetRight(ApiResult result, string address)
    {
        if (!_reply.HasLabels)
        {
            result = SendLabels();
        }

        if (result.IsOk && !_reply.HasTaint && _mayTaint)
        {
            result = SendTaint();
        }

        if (result.IsOk && !(_reply.HasConditions && _reply.HasSystem))
        {
            _reply.AdoptTransitions(_time.UtcNow);
            _status.HasAddresses = _reply.HasAddresses;
            result = _status.Report(address, Uid, true);
        }

        return result;
    }

    /// <returns>The same, or NotFound where it is about another Node than the one that was registered.</returns>
    private ApiResult RequireSame(ApiResult result)
    {
        return !result.IsOk || _version.Uid == Uid ? result : result.As(ApiOutcome.NotFound, NodeStatusController.ReplacedNode);
    }

    /// <summary>
    /// Looks, and ends the record of who set which field, which is most of each reply about the Node; once it was emptied the
    /// API server leaves it so. Only where nobody uses it.
    /// </summary>
    private ApiResult Untrack()
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch);
        json.BeginObject();
        json.BeginObject("metadata");
        NodeDocument.WriteUntracked(json);
        json.EndObject();
        json.EndObject();
        return _client.Send(_version);
    }

    private ApiResult Create()
    {
        JsonWriter json = _client.Begin(Verb.Post, "/api/v1/nodes", MediaType.Json);
        NodeDocument.WriteNode(json, _node);
        ApiResult result = _client.Send(_reply);
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
        result = _client.Get(_path, ReplyForm.Whole, _reply);
        return result.IsOk ? Reconcile(result) : result;
    }

    private ApiResult Reconcile(ApiResult result)
    {
        _reply.AdoptTransitions(_time.UtcNow);
        _status.HasAddresses = _reply.HasAddresses;

        // As the kubelet does: a Node that shows no boot yet was not there before.
        HasRebooted |= IsForeign;
        if (_reply.HasLabels)
        {
            _log.Info("node found", "node", _node.Name);
            return result;
        }

        _log.Info("node found with other labels; setting ours", "node", _node.Name);
        return SendLabels();
    }

    private ApiResult SendLabels()
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch);
        NodeDocument.WriteLabelsPatch(json, _node);
        return _client.Send(_version);
    }

    private ApiResult SendTaint()
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.JsonPatch);
        NodeDocument.WriteTaintPatch(json, _version.ResourceVersion, _reply.Taints, _reply.WrongTaint);
        ApiResult result = _client.Send(_version);
        if (result.Outcome == ApiOutcome.Forbidden)
        {
            // NodeRestriction lets a node set its taints at its creation alone.
            _log.Warn("the Node's taint can not be set right", "error", result.Describe());
            _mayTaint = false;
            return result.As(ApiOutcome.Ok);
        }

        return result;
    }
}
