using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Reports the Node's status.</summary>
internal sealed class NodeStatusController
{
    /// <summary>What is told where the Node has another uid than the one that was registered.</summary>
    public const string ReplacedNode = "the Node is another one than was registered";

    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeConditions _conditions;
    private readonly TimeKeeper _time;
    private readonly ObjectVersion _version;
    private readonly string _path;

    public NodeStatusController(ApiClient client, NodeDescription node, NodeConditions conditions, ObjectVersion version, TimeKeeper time)
    {
        _client = client;
        _node = node;
        _conditions = conditions;
        _version = version;
        _time = time;
        _path = "/api/v1/nodes/" + node.Name + "/status";
    }

    /// <summary>Gets the address that the API server has, or null.</summary>
    public string ReportedAddress { get; private set; }

    /// <summary>Gets or sets whether the Node has addresses already, which have to be replaced.</summary>
    public bool HasAddresses { get; set; }

    /// <summary>Gets or sets what the Node offers to pods and the node does not, until it was taken back; or null.</summary>
    public ExtendedResources Stale { get; set; }

    /// <summary>Reports the status: the conditions, and everything else where it may be new to the API server.</summary>
    /// <param name="address">The node's address.</param>
    /// <param name="uid">The Node's uid.</param>
    /// <param name="isFull">Whether to report everything.</param>
    /// <returns>What became of it; NotFound also where the Node is not the one that was registered.</returns>
    public ApiResult Report(string address, string uid, bool isFull)
    {
        string known = _version.ResourceVersion;
        ApiResult result = Send(address, isFull, isFull ? null : known);
        if (!isFull && result.Outcome == ApiOutcome.Conflict)
        {
            // Somebody else changed the Node. The report counts all the same.
            result = Send(address, isFull, known = null);
        }

        if (!isFull && known == null)
        {
            // What they changed is for the next look to find.
            _version.ResourceVersion = null;
        }

        if (!result.IsOk)
        {
            return result;
        }

        NoteReported(address);
        if (_version.Uid != uid)
        {
            // Deleted and created anew by somebody else: it has none of what registration sets.
            return result.As(ApiOutcome.NotFound, ReplacedNode);
        }

        return result;
    }

    /// <summary>Writes the whole status into the document of a Node that is created with it.</summary>
    /// <param name="json">Where to, at the Node's members.</param>
    /// <param name="address">The node's address.</param>
    public void Write(JsonWriter json, string address)
    {
        json.BeginObject("status");
        NodeDocument.WriteConditions(json, _conditions, _time.UtcNow);
        NodeDocument.WriteAddresses(json, _node, address, false);
        NodeDocument.WriteSystem(json, _node, null);
        NodeDocument.EndStatus(json);
    }

    /// <summary>Takes note that the API server has the whole status, as it was written into the Node.</summary>
    /// <param name="address">The address in it.</param>
    public void NoteReported(string address)
    {
        ReportedAddress = address;
        HasAddresses = true;
        Stale = null;
    }

    private ApiResult Send(string address, bool isFull, string version)
    {
        JsonWriter json = Write(address, isFull, version);
        if (json.Output.Overflowed && Stale != null)
        {
            // Beside a long message in a condition they wait: the rest is what the node lives by.
            Stale = null;
            Write(address, isFull, version);
        }

        return _client.Send(_version);
    }

    private JsonWriter Write(string address, bool isFull, string version)
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.StrategicMergePatch);
        NodeDocument.BeginStatusPatch(json, version);
        NodeDocument.WriteConditions(json, _conditions, _time.UtcNow);
        if (isFull || address != ReportedAddress)
        {
            NodeDocument.WriteAddresses(json, _node, address, HasAddresses);
            NodeDocument.WriteSystem(json, _node, Stale);
        }

        NodeDocument.EndStatus(json);
        return json;
    }
}
