using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Rejection;

// A board without room for pods looks now and then whether somebody bound one to it all the same, by a nodeName.
public sealed partial class PodRejection : IReplyReader
{
    private const int LookMilliseconds = 120 * 1000;

    // What only a person can give, a token's right to pods, is looked for this rarely.
    private const int RefusedMilliseconds = 3600 * 1000;
    private const int MaxNameBytes = 253;
    private const int MaxUidBytes = 64;

    private string _nodeName;
    private long _nextLook;
    private int _passed;
    private int _seen;
    private bool _isTold;

    /// <summary>Has it look for pods of a node without room for any.</summary>
    /// <param name="nodeName">The Node's name.</param>
    public void LookFor(string nodeName)
    {
        _nodeName = nodeName;
        _nextLook = _clock.Milliseconds;
    }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        _seen = 0;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("items") && json.BeginArrayOrSkip())
            {
                while (json.NextElement())
                {
                    // Those that are in the way of the next ones, held back by somebody's finalizers, had their turn.
                    if (_seen++ < _passed || _count == MaxErrands)
                    {
                        json.Skip();
                    }
                    else if (json.BeginObjectOrSkip())
                    {
                        ReadPod(json);
                    }
                }
            }
        }
    }

    private void Look()
    {
        // Those that are over need nothing: their deletion waits for no node. So the metadata of the others is all there is to know.
        // From the API server's memory, as kubelets list theirs: there pods are found by their node.
        ApiResult result = _client.Get(
            "/api/v1/pods?resourceVersion=0&fieldSelector=spec.nodeName%3D" + _nodeName + "%2Cstatus.phase%21%3DFailed%2Cstatus.phase%21%3DSucceeded", ReplyForm.MetadataList, this);
        _nextLook = _clock.Milliseconds + (result.IsRefusal ? RefusedMilliseconds : LookMilliseconds - _random.Next(LookMilliseconds / 4));
        if (!result.IsOk)
        {
            _passed = 0;
            if (result.IsRefusal && !_isTold)
            {
                _log.Info("pods that are bound to this node can not be refused", "error", result.Describe());
                _isTold = true;
            }

            return;
        }

        _isTold = false;
        _passed = _seen > _passed + MaxErrands ? _passed + MaxErrands : 0;
        if (_passed > 0)
        {
            // The rest, once these are done.
            _nextLook = _clock.Milliseconds;
        }
    }

    private void ReadPod(JsonReader json)
    {
        string podNamespace = "";
        string name = null;
        string uid = null;
        bool isDeleting = false;
        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    if (json.NameIs("name"))
                    {
                        name = json.ReadString(MaxNameBytes);
                    }
                    else if (json.NameIs("namespace"))
                    {
                        podNamespace = json.ReadString(MaxNameBytes);
                    }
                    else if (json.NameIs("uid"))
                    {
                        uid = json.ReadString(MaxUidBytes);
                    }
                    else if (json.NameIs("deletionTimestamp"))
                    {
                        isDeleting = json.ReadString(MaxUidBytes) != null;
                    }
                }
            }
        }

        if (name != null && uid != null)
        {
            Add(isDeleting
                ? new PodErrand(podNamespace, name, uid, null, null)
                : new PodErrand(podNamespace, name, uid, PodRefusal.OutOfPods, PodRefusal.Describe("pods", 1, 0, 0)));
        }
    }
}
