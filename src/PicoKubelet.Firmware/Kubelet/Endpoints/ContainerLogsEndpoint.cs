using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>A container's log, as <c>kubectl logs</c> asks for it. Errors are text, which kubectl shows.</summary>
internal sealed class ContainerLogsEndpoint : IEndpoint
{
    private readonly IPodProvider _pods;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="pods">What runs pods, or null on a node that runs none.</param>
    public ContainerLogsEndpoint(IPodProvider pods)
    {
        _pods = pods;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        if (_pods != null)
        {
            _pods.AnswerLogs(request, answer);
            return;
        }

        answer.Begin(HttpStatus.NotFound, ServerAnswer.TextType);
        answer.Text.Write("pod \"");
        answer.Text.Write(request.Segment(2));
        answer.Text.Write("\" not found");
        answer.End();
    }
}
