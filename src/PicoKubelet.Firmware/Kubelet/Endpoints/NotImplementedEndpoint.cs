using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>What a kubelet does with containers, of which this node has none.</summary>
internal sealed class NotImplementedEndpoint : IEndpoint
{
    public string Methods => null;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Error(HttpStatus.NotImplemented, "this node runs no containers");
    }
}
