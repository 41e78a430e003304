using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Says whether the node does its duty, and what is missing where it does not.</summary>
internal sealed class ReadinessEndpoint : IEndpoint
{
    private readonly NodeContext _context;

    public ReadinessEndpoint(NodeContext context)
    {
        _context = context;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        string missing = Add(null, _context.State.Address != null, "Wi-Fi");
        missing = Add(missing, _context.Time.IsSet, "time");
        missing = Add(missing, _context.State.IsRegistered, "registered");
        missing = Add(missing, _context.HasRecentHeartbeat, "a heartbeat in the last 60 s");
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
