using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Looks whether somebody else changed the Node since it was registered, and mends what of it is ours.</summary>
internal sealed class NodeMending
{
    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeRegistration _registration;
    private readonly NodeStatusController _status;
    private readonly ObjectVersion _version;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private readonly string _path;
    private string _lastMended;
    private bool _isTracked;
    private bool _mayTaint;

    /// <param name="client">The client of the API server.</param>
    /// <param name="node">The Node's description.</param>
    /// <param name="registration">What registered it.</param>
    /// <param name="status">Reports the status.</param>
    /// <param name="version">The version of the Node that the last reply told.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">The log.</param>
    public NodeMending(ApiClient client, NodeDescription node, NodeRegistration registration, NodeStatusController status, ObjectVersion version, TimeKeeper time, Logger log)
    {
        _client = client;
        _node = node;
        _registration = registration;
        _status = status;
        _version = version;
        _time = time;
        _log = log;
        _path = "/api/v1/nodes/" + node.Name;
    }

    /// <summary>Gets whether the last look found a Node that somebody else changed.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Gets the version of the Node that the last reply told, or null where what is there is not known.</summary>
    public string KnownVersion => _version.ResourceVersion;

    /// <summary>Gets whether the next look is needed even where nobody else changed the Node.</summary>
    public bool IsDue => _isTracked || KnownVersion == null;

    /// <summary>Begins with a Node that was just registered.</summary>
    public void Begin()
    {
        _lastMended = null;
        _isTracked = _version.IsTracked;
        _mayTaint = true;
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
        ApiResult result = _isTracked ? Untrack() : _client.Get(_path, ReplyForm.Version, _version);
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

    /// <summary>Reads the whole Node and mends what of it is ours and not as it must be. The registration has what was read, until its end.</summary>
    /// <param name="address">The node's address.</param>
    /// <returns>What became of it: of the request that failed, or of the last; NotFound also where the Node is not the one that was registered.</returns>
    public ApiResult Mend(string address)
    {
        NodeReply found = _registration.Begin(address);
        ApiResult result = _client.Get(_path, ReplyForm.Whole, found);
        result = RequireSame(result);
        if (result.IsOk)
        {
            string mended = Differences(found);
            if (mended != null && mended != _lastMended)
            {
                // Once, not at each look: it may be somebody who does not give up.
                _log.Info("somebody else changed the Node; setting it right", "node", _node.Name, "what", mended);
            }

            _lastMended = mended;
            result = SetRight(found, result, address);
        }

        if (result.IsOk)
        {
            _registration.Adopt();
        }
        else
        {
            // So that the next look does not take for right what was not mended.
            _version.ResourceVersion = null;
        }

        return result;
    }

    private string Differences(NodeReply found)
    {
        return !found.HasConditions ? "conditions"
            : !found.HasSystem ? "addresses or capacity"
            : !found.HasLabels ? "labels"
            : !found.HasTaint && _mayTaint ? "taint" : null;
    }

    private ApiResult SetRight(NodeReply found, ApiResult result, string address)
    {
        if (!found.HasLabels)
        {
            result = _registration.SendLabels();
        }

        if (result.IsOk && !found.HasTaint && _mayTaint)
        {
            result = SendTaint(found);
        }

        if (result.IsOk && !(found.HasConditions && found.HasSystem))
        {
            found.AdoptTransitions(_time.UtcNow);
            _status.HasAddresses = found.HasAddresses;
            _status.Stale = found.Stale;
            result = _status.Report(address, _registration.Uid, true);
        }

        return result;
    }

    /// <returns>The same, or NotFound where it is about another Node than the one that was registered.</returns>
    private ApiResult RequireSame(ApiResult result)
    {
        return !result.IsOk || _version.Uid == _registration.Uid ? result : result.As(ApiOutcome.NotFound, NodeStatusController.ReplacedNode);
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

    private ApiResult SendTaint(NodeReply found)
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.JsonPatch);
        NodeDocument.WriteTaintPatch(json, _version.ResourceVersion, found.Taints, found.WrongTaint);
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
