using PicoKubelet.Configuration;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Node;
using PicoKubelet.Settings;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The configuration in force, under the name that the kubelet's has. Of secrets it says only whether they are set.</summary>
internal sealed class ConfigurationEndpoint : IEndpoint
{
    private readonly NodeState _state;
    private readonly DeviceSettings _settings;
    private readonly NodeConfiguration _inForce;
    private readonly Labels _labels;

    public ConfigurationEndpoint(NodeState state, DeviceSettings settings, NodeConfiguration inForce, Labels labels)
    {
        _state = state;
        _settings = settings;
        _inForce = inForce;
        _labels = labels;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.BeginObject("kubeletconfig");
        json.Property("nodeName", _state.NodeName);
        json.BeginObject("apiServer");
        json.Property("host", _settings.ApiServer.Host);
        json.Property("port", _settings.ApiServer.Port);
        json.Property("tls", _settings.ApiServer.IsSecure);
        json.Property("tokenSet", _settings.HasToken);
        json.Property("clientCertificateSet", _settings.ClientIdentity != null);
        json.Property("caSet", _settings.Ca != null);
        json.EndObject();
        answer.Checkpoint();
        json.BeginObject("configMap");
        json.Property("namespace", _settings.ConfigMapNamespace);
        json.Property("name", _settings.ConfigMapName ?? _state.NodeName);
        json.EndObject();
        json.BeginObject("kubelet");
        json.Property("port", _settings.KubeletPort);
        json.Property("certificateSet", _settings.KubeletIdentity != null);
        json.Property("tokenSet", _settings.HasKubeletToken);
        json.Property("anonymousRead", _inForce.AllowsAnonymousRead);
        json.EndObject();
        json.BeginObject("heartbeat");
        json.Property("mode", _state.Mode);
        json.Property("leaseSeconds", _inForce.LeaseMilliseconds / 1000);
        json.Property("statusSeconds", _inForce.StatusMilliseconds / 1000);
        json.EndObject();
        WriteWifi(answer);
        answer.Checkpoint();
        json.Property("ntpServer", _settings.NtpServer);
        answer.Checkpoint();
        json.Property("syslog", _settings.SyslogHost == null ? null : _settings.SyslogHost + ":" + _settings.SyslogPort.ToString());
        WriteLabels(answer);
        json.EndObject();
        json.EndObject();
        answer.End();
    }

    private void WriteWifi(ServerAnswer answer)
    {
        WifiSettings wifi = _settings.Wifi;
        if (wifi.Address == null && wifi.SecondSsid == null)
        {
            return;
        }

        JsonWriter json = answer.Json;
        answer.Checkpoint();
        json.BeginObject("wifi");
        json.Property("address", wifi.Address?.Address);
        json.Property("netmask", wifi.Address?.Netmask);
        json.Property("gateway", wifi.Address?.Gateway);
        json.Property("dns", wifi.Address?.Dns);
        json.Property("secondSsid", wifi.SecondSsid);
        json.Property("secondPasswordSet", wifi.SecondPassword.Length > 0);
        json.EndObject();
    }

    private void WriteLabels(ServerAnswer answer)
    {
        answer.Json.BeginObject("labels");
        for (int i = 0; i < _labels.Count; i++)
        {
            answer.Checkpoint();
            answer.Json.Property(_labels.Key(i), _labels.Value(i));
        }

        answer.Json.EndObject();
    }
}
