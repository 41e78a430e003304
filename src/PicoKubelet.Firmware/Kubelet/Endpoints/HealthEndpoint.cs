using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Says that the node is alive, which an answer is proof enough of; with <c>?verbose=1</c> how it fares.</summary>
internal sealed class HealthEndpoint : IEndpoint
{
    private const string Ok = "ok";

    private readonly NodeVitals _vitals;
    private readonly NodeConditions _conditions;

    public HealthEndpoint(NodeVitals vitals, NodeConditions conditions)
    {
        _vitals = vitals;
        _conditions = conditions;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        if (!request.IsSet("verbose"))
        {
            answer.Begin(HttpStatus.Ok, ServerAnswer.TextType);
            answer.Text.Write(Ok);
            answer.End();
            return;
        }

        Condition pressure = _conditions.Find("MemoryPressure");
        bool hasWifi = _vitals.State.Address != null;
        bool hasApi = _vitals.HasRecentHeartbeat;
        bool hasMemory = pressure == null || pressure.Status != Condition.True;
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.Property("status", hasWifi && hasApi && hasMemory ? Ok : "degraded");
        json.BeginObject("checks");
        json.Property("wifi", hasWifi ? Ok : "down");
        json.Property("k8s_api", hasApi ? Ok : "no heartbeat in 60 s");
        json.Property("memory", hasMemory ? Ok : "low");
        json.Property("uptime", _vitals.Uptime / 1000);
        json.EndObject();
        json.EndObject();
        answer.End();
    }
}
