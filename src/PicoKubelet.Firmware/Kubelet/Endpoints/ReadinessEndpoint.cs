using PicoKubelet.Http.Server;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Says whether the node does its duty, and what is missing where it does not.</summary>
internal sealed class ReadinessEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly TimeKeeper _time;

    public ReadinessEndpoint(NodeVitals vitals, TimeKeeper time)
    {
        _vitals = vitals;
        _time = time;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        string missing = Add(null, _vitals.State.Address != null, "Wi-Fi");
        missing = Add(missing, _time.IsSet, "time");
        missing = Add(missing, _vitals.State.IsRegistered, "registered");
        missing = Add(missing, _vitals.HasRecentHeartbeat, "a heartbeat in the last 60 s");
        if (missing != null)
        {
            answer.Error(HttpStatus.Unavailable, missing);
            return;
        }

        answer.Begin(HttpStatus.Ok, ServerAnswer.TextType);
        answer.Text.Write("ok");
        answer.End();
    }

    private static string Add(string missing, bool isThere, string name)
    {
        if (isThere)
        {
            return missing;
        }

        return missing == null ? "missing: " + name : missing + ", " + name;
    }
}
