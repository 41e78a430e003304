using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>What a kubelet does with a container's shell and ports. Refused in text: of JSON that is no Status kubectl prints nothing.</summary>
internal sealed class NotImplementedEndpoint : IEndpoint
{
    public string Methods => null;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.NotImplemented, ServerAnswer.TextType);
        answer.Text.Write("what runs on this node has no shell and no ports");
        answer.End();
    }
}
