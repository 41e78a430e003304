using PicoKubelet.Http.Server;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The node's pods with their status, as a PodList.</summary>
internal sealed class PodsEndpoint : IEndpoint
{
    private readonly IPodProvider _pods;
    private readonly NodeState _state;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="pods">What runs pods, or null on a node that runs none.</param>
    /// <param name="state">What the node knows of itself.</param>
    public PodsEndpoint(IPodProvider pods, NodeState state)
    {
        _pods = pods;
        _state = state;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        answer.Json.BeginObject();
        answer.Json.Property("kind", "PodList");
        answer.Json.Property("apiVersion", "v1");
        answer.Json.BeginObject("metadata");
        answer.Json.EndObject();
        answer.Json.BeginArray("items");
        _pods?.WriteList(answer, _state.NodeName, _state.Address);
        answer.Json.EndArray();
        answer.Json.EndObject();
        answer.End();
    }
}
