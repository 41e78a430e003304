using PicoKubelet.Api;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The configuration in force, under the name that the kubelet's has. Of secrets it says only whether they are set.</summary>
internal sealed class ConfigurationEndpoint : IEndpoint
{
    private readonly NodeContext _context;

    public ConfigurationEndpoint(NodeContext context)
    {
        _context = context;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        DeviceSettings settings = _context.Settings;
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.BeginObject("kubeletconfig");
        json.Property("nodeName", _context.State.NodeName);
        json.BeginObject("apiServer");
        json.Property("host", settings.ApiServer.Host);
        json.Property("port", settings.ApiServer.Port);
        json.Property("tls", settings.ApiServer.IsSecure);
        json.Property("tokenSet", settings.HasToken);
        json.Property("clientCertificateSet", settings.ClientIdentity != null);
        json.Property("caSet", settings.Ca != null);
        json.EndObject();
        answer.Checkpoint();
        json.BeginObject("configMap");
        json.Property("namespace", settings.ConfigMapNamespace);
        json.Property("name", settings.ConfigMapName ?? _context.State.NodeName);
        json.EndObject();
        json.BeginObject("kubelet");
        json.Property("port", settings.KubeletPort);
        json.Property("certificateSet", settings.KubeletIdentity != null);
        json.Property("tokenSet", settings.HasKubeletToken);
        json.Property("anonymousRead", _context.InForce == null ? settings.KubeletAnonymousRead : _context.InForce.AllowsAnonymousRead);
        json.EndObject();
        json.BeginObject("heartbeat");
        json.Property("mode", _context.State.Mode);
        json.Property("leaseSeconds", _context.InForce == null ? settings.LeaseSeconds : _context.InForce.LeaseMilliseconds / 1000);
        json.Property("statusSeconds", _context.InForce == null ? settings.StatusSeconds : _context.InForce.StatusMilliseconds / 1000);
        json.EndObject();
        answer.Checkpoint();
        json.Property("ntpServer", settings.NtpServer);
        WriteLabels(answer);
        json.EndObject();
        json.EndObject();
        answer.End();
    }

    private void WriteLabels(ServerAnswer answer)
    {
        Labels labels = _context.Node.Labels;
        answer.Json.BeginObject("labels");
        for (int i = 0; i < labels.Count; i++)
        {
            answer.Checkpoint();
            answer.Json.Property(labels.Key(i), labels.Value(i));
        }

        answer.Json.EndObject();
    }
}
