using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Reports the Node's status.</summary>
internal sealed class NodeStatusController
{
    private readonly ApiClient _client;
    private readonly NodeDescription _node;
    private readonly NodeConditions _conditions;
    private readonly TimeKeeper _time;
    private readonly MetadataReply _reply = new MetadataReply("uid");
    private readonly string _path;

    public NodeStatusController(ApiClient client, NodeDescription node, NodeConditions conditions, TimeKeeper time)
    {
        _client = client;
        _node = node;
        _conditions = conditions;
        _time = time;
        _path = "/api/v1/nodes/" + node.Name + "/status";
    }

    /// <summary>Gets the address that the API server has, or null.</summary>
    public string ReportedAddress { get; private set; }

    /// <summary>Gets or sets whether the Node has addresses already, which have to be replaced.</summary>
    public bool HasAddresses { get; set; }

    /// <summary>Reports the status: the conditions, and everything else where it may be new to the API server.</summary>
    /// <param name="address">The node's address.</param>
    /// <param name="uid">The Node's uid.</param>
    /// <param name="isFull">Whether to report everything.</param>
    /// <returns>What became of it; NotFound also where the Node is not the one that was registered.</returns>
    public ApiResult Report(string address, string uid, bool isFull)
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.StrategicMergePatch);
        NodeDocument.BeginStatusPatch(json);
        NodeDocument.WriteConditions(json, _conditions, _time.UtcNow);
        if (isFull || address != ReportedAddress)
        {
            NodeDocument.WriteAddresses(json, _node, address, HasAddresses);
            NodeDocument.WriteSystem(json, _node);
        }

        NodeDocument.EndStatusPatch(json);
        ApiResult result = _client.Send(_reply);
        if (!result.IsOk)
        {
            return result;
        }

        ReportedAddress = address;
        HasAddresses = true;
        if (_reply.Value != uid)
        {
            // Deleted and created anew by somebody else: it has none of what registration sets.
            result.Outcome = ApiOutcome.NotFound;
            result.Message = "the Node is another one than was registered";
        }

        return result;
    }
}
