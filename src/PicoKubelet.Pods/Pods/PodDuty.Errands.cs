using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Json;

namespace PicoKubelet.Pods;

// What is told of pods that this node does not run.
public sealed partial class PodDuty
{
    private void DoErrand(PodErrand errand)
    {
        ApiResult result = errand.Reason == null ? Delete(errand.Namespace, errand.Name, errand.Uid) : Refuse(errand);
        bool isDone = result.IsOk || result.IsRefusal || result.Outcome == ApiOutcome.NotFound || result.Outcome == ApiOutcome.Conflict;
        if (!isDone)
        {
            _nextErrand = _clock.Milliseconds + _errandRetry.Next();
            return;
        }

        if (result.IsRefusal)
        {
            Complain(errand.Reason == null ? "deletion" : "refusal", errand.Name, result);
        }

        _errandRetry.Reset();
        _pods.DropErrand();
        _nextErrand = errand.Reason == null ? 0 : _clock.Milliseconds + _pace;
    }

    private ApiResult Refuse(PodErrand errand)
    {
        long now = _clock.Milliseconds;
        _pace = now - _lastRefusal > Quiet ? FirstPace : _pace > LongestPace / 2 ? LongestPace : _pace * 2;
        _lastRefusal = now;
        JsonWriter json = _client.Begin(Verb.Patch, PathOf(errand.Namespace, errand.Name) + "/status", MediaType.StrategicMergePatch);
        PodDocument.WriteRefusal(json, errand);
        ApiResult result = _client.Send(null);
        if (result.IsOk)
        {
            _events.Record(new EventTarget("Pod", errand.Namespace, errand.Name, errand.Uid), EventRecorder.Warning, errand.Reason, errand.Message);
        }

        return result;
    }
}
