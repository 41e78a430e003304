using System;
using PicoKubelet.Api;
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
    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeConditions _conditions;
    private readonly NodeStatusController _status;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly NodeReply _reply;
    private readonly string _path;

    public NodeRegistration(ApiClient client, NodeDescription node, NodeConditions conditions, NodeStatusController status, TimeKeeper time, Logger log)
    {
        _client = client;
        _node = node;
        _conditions = conditions;
        _status = status;
        _time = time;
        _log = log;
        _reply = new NodeReply(node.Labels, conditions);
        _path = "/api/v1/nodes/" + node.Name;
    }

    /// <summary>Gets the Node's uid as of the last registration.</summary>
    public string Uid { get; private set; }

    /// <summary>Gets or sets whether the Node that was found shows another boot than this one. Stays so when what follows fails.</summary>
    public bool HasRebooted { get; set; }

    /// <summary>Gets the Node as of the last registration.</summary>
    public NodeReply Found => _reply;

    /// <summary>Registers or reconciles the Node.</summary>
    /// <param name="address">The node's address.</param>
    /// <returns>What became of it: of the request that failed, or of the last.</returns>
    public ApiResult Run(string address)
    {
        ApiResult result = _client.Get(_path, true, _reply);
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

        Uid = _reply.Uid;
        if (Uid == null)
        {
            result.Outcome = ApiOutcome.Garbled;
            result.Message = "a Node without a uid";
            return result;
        }

        return _status.Report(address, Uid, true);
    }

    private ApiResult Create()
    {
        JsonWriter json = _client.Begin(Verb.Post, "/api/v1/nodes", MediaType.Json);
        NodeDocument.WriteNode(json, _node);
        ApiResult result = _client.Send(_reply);
        if (result.IsOk)
        {
            _log.Info("node created", "node", _node.Name);
            _status.HasAddresses = false;
            return result;
        }

        if (result.Outcome != ApiOutcome.AlreadyExists)
        {
            return result;
        }

        // Somebody, maybe this device before its reply was lost, was faster.
        result = _client.Get(_path, true, _reply);
        return result.IsOk ? Reconcile(result) : result;
    }

    private ApiResult Reconcile(ApiResult result)
    {
        DateTime now = _time.UtcNow;
        _reply.AdoptTransitions(now);
        _status.HasAddresses = _reply.HasAddresses;

        // As the kubelet does: a Node that shows no boot yet was not there before.
        string bootId = _reply.BootId;
        HasRebooted |= bootId != null && bootId.Length > 0 && bootId != _node.BootId;
        if (_reply.HasLabels)
        {
            _log.Info("node found", "node", _node.Name);
            return result;
        }

        _log.Info("node found with other labels; setting ours", "node", _node.Name);
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch);
        NodeDocument.WriteLabelsPatch(json, _node);
        return _client.Send(_reply);
    }
}
