namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The node's pods: none, as a PodList.</summary>
internal sealed class PodsEndpoint : IEndpoint
{
    public string Methods => Routes.Reading;

    public void Answer(KubeletRequest request, KubeletAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, KubeletAnswer.JsonType);
        answer.Text.Write("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}");
        answer.End();
    }
}
