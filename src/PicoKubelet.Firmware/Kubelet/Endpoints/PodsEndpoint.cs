using PicoKubelet.Http.Server;
using PicoKubelet.Node;
using PicoKubelet.Pods;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The node's pods with their status, as a PodList.</summary>
internal sealed class PodsEndpoint : IEndpoint
{
    private readonly PodTable _pods;
    private readonly NodeState _state;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="pods">The pods, or null for a node without room for any.</param>
    /// <param name="state">What the node knows of itself.</param>
    public PodsEndpoint(PodTable pods, NodeState state)
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
        int index = 0;
        Pod pod;
        while ((pod = _pods?.Next(ref index)) != null)
        {
            // One after the other: whoever reads slowly holds up nobody.
            PodDocument.WritePod(answer, pod, _state.NodeName, _state.Address);
        }

        answer.Json.EndArray();
        answer.Json.EndObject();
        answer.End();
    }
}
