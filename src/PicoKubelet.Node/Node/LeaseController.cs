using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Renews the node's Lease (coordination.k8s.io/v1) in the namespace kube-node-lease.</summary>
internal sealed class LeaseController
{
    // The kubelet's nodeLeaseDurationSeconds.
    private const int LeaseDurationSeconds = 40;
    private const string LeasesPath = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    private readonly ApiClient _client;
    private readonly TimeKeeper _time;
    private readonly string _nodeName;
    private readonly string _path;
    private bool _isTracked;
    private bool _isNew;

    public LeaseController(ApiClient client, string nodeName, TimeKeeper time)
    {
        _client = client;
        _time = time;
        _nodeName = nodeName;
        _path = LeasesPath + "/" + nodeName;
    }

    /// <summary>Gets whether the Lease is known to be there and ours.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>Makes the next renewal tell everything: after a registration, when the owner may be another Node.</summary>
    /// <param name="isNew">Whether the Node is new, and so most likely has no Lease yet.</param>
    public void Reestablish(bool isNew)
    {
        _isNew = isNew;
        IsEstablished = false;
    }

    /// <summary>Renews the Lease, or creates it.</summary>
    /// <param name="nodeUid">The Node's uid; the Lease goes when its owner goes.</param>
    /// <returns>What became of it; NotFound where a Lease that was there is gone, perhaps with its Node.</returns>
    public ApiResult Renew(string nodeUid)
    {
        if (IsEstablished)
        {
            return Patch(_isTracked ? nodeUid : null);
        }

        ApiResult result = _isNew ? null : Patch(nodeUid);
        _isNew = false;

        // Twice: one that the Node before this one left is taken by the garbage collector at any moment, between two requests too.
        for (int i = 0; i < 2 && (result == null || result.Outcome == ApiOutcome.NotFound); i++)
        {
            result = CreateOrTake(nodeUid);
        }

        IsEstablished = result.IsOk;
        return result;
    }

    private ApiResult CreateOrTake(string nodeUid)
    {
        ApiResult result = Create(nodeUid);
        _isTracked = result.IsOk;

        // There is one: left by the Node before this one, or created by this device itself before the reply was lost.
        return result.Outcome == ApiOutcome.AlreadyExists ? Patch(nodeUid) : result;
    }

    /// <param name="nodeUid">The Node's uid to tell everything; null to tell the time alone, in some 60 bytes.</param>
    private ApiResult Patch(string nodeUid)
    {
        JsonWriter json = _client.Begin(Verb.Patch, _path, MediaType.MergePatch, ReplyForm.Nothing);
        json.BeginObject();
        if (nodeUid != null)
        {
            json.BeginObject("metadata");
            WriteOwner(json, nodeUid);
            NodeDocument.WriteUntracked(json);
            json.EndObject();
        }

        WriteSpec(json, nodeUid != null);
        json.EndObject();
        ApiResult result = _client.Send(null);
        _isTracked = _isTracked && (nodeUid == null || !result.IsOk);
        return result;
    }

    private ApiResult Create(string nodeUid)
    {
        JsonWriter json = _client.Begin(Verb.Post, LeasesPath, MediaType.Json, ReplyForm.Nothing);
        json.BeginObject();
        json.Property("apiVersion", "coordination.k8s.io/v1");
        json.Property("kind", "Lease");
        json.BeginObject("metadata");
        json.Property("name", _nodeName);
        WriteOwner(json, nodeUid);
        json.EndObject();
        WriteSpec(json, true);
        json.EndObject();
        return _client.Send(null);
    }

    private void WriteOwner(JsonWriter json, string nodeUid)
    {
        json.BeginArray("ownerReferences");
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Node");
        json.Property("name", _nodeName);
        json.Property("uid", nodeUid);
        json.EndObject();
        json.EndArray();
    }

    private void WriteSpec(JsonWriter json, bool isFull)
    {
        json.BeginObject("spec");
        if (isFull)
        {
            json.Property("holderIdentity", _nodeName);
            json.Property("leaseDurationSeconds", LeaseDurationSeconds);
        }

        json.Name("renewTime");
        json.BeginString();
        Timestamp.WriteMicro(json.Output, _time.UtcNow);
        json.EndString();
        json.EndObject();
    }
}
