using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>
/// Reads the settings document. Every value is checked; what is wrong is named with the field and what it must be.
/// A value is never repeated in an error: it may be a token.
/// </summary>
public sealed partial class SettingsReader
{
    // A bundle of two or three certificates, or the key of RSA's 4,096 bits. The largest value sets the reader's buffer, which is garbage once the settings are read.
    private const int MaxPemBytes = 4096;

    // A ServiceAccount's token is a JWT of about 1 KB.
    private const int MaxTokenBytes = 2048;
    private const int MaxTextBytes = 300;
    private const int MaxTargetBytes = 64;

    private readonly JsonReader _json = new JsonReader(256, MaxPemBytes);
    private DeviceSettings _settings;
    private string _unknownField;
    private string _clientCertificate;

    /// <summary>Gets the first field that is not known, or null. A newer document must not keep an older firmware from starting.</summary>
    public string UnknownField => _unknownField;

    /// <summary>Gets whether the line ends of <c>ca</c> had to be put right.</summary>
    public bool HasMendedCa { get; private set; }

    /// <summary>Gets what was read of the last document, also where it can not be used.</summary>
    internal DeviceSettings Partial => _settings;

    /// <summary>Gets the private key of the last document, also where it can not be used, or null.</summary>
    internal string ClientKey { get; private set; }

    /// <summary>Reads a document.</summary>
    /// <param name="source">The document, UTF-8.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">The document can not be used; the message names the field and what it must be.</exception>
    public DeviceSettings Read(IByteSource source)
    {
        _settings = new DeviceSettings();
        _unknownField = null;
        _clientCertificate = null;
        _kubeletCertificate = null;
        KubeletKey = null;
        ClientKey = null;
        HasMendedCa = false;
        BeginWifi();
        _json.Reset(source);
        try
        {
            ReadDocument();
            _json.ReadToEnd();
        }
        catch (JsonException e)
        {
            throw new SettingsException(null, "not JSON: " + e.Message);
        }

        if (_settings.ApiServer == null)
        {
            throw new SettingsException("apiServer", "must be set, for instance https://192.168.1.10:6443");
        }

        CheckWifi();
        _settings.ClientIdentity = TlsIdentity.Read("clientCertificate", _clientCertificate, "clientKey", ClientKey);
        NodeIdentity.Check(_settings);
        _settings.KubeletIdentity = TlsIdentity.Read("kubelet.certificate", _kubeletCertificate, "kubelet.key", KubeletKey);
        return _settings;
    }

    private void ReadDocument()
    {
        if (!_json.BeginObjectOrSkip())
        {
            throw new SettingsException(null, "must be a JSON object");
        }

        while (_json.ReadName())
        {
            if (_json.NameIs("nodeName"))
            {
                _settings.NodeName = ReadNodeName();
            }
            else if (_json.NameIs("apiServer"))
            {
                _settings.ApiServer = ReadApiServer();
            }
            else if (_json.NameIs("token"))
            {
                _settings.Token = ReadToken("token");
            }
            else if (_json.NameIs("clientCertificate"))
            {
                _clientCertificate = ReadText("clientCertificate", MaxPemBytes);
            }
            else if (_json.NameIs("clientKey"))
            {
                ClientKey = ReadText("clientKey", MaxPemBytes);
            }
            else if (_json.NameIs("ca"))
            {
                _settings.Ca = ReadCa();
            }
            else if (_json.NameIs("configMap"))
            {
                ReadConfigMap();
            }
            else if (_json.NameIs("kubelet"))
            {
                ReadKubelet();
            }
            else if (_json.NameIs("pods"))
            {
                ReadPods();
            }
            else if (_json.NameIs("labels"))
            {
                ReadLabels();
            }
            else if (_json.NameIs("os"))
            {
                _settings.Os = ReadLabelValue("os");
            }
            else if (_json.NameIs("arch"))
            {
                _settings.Arch = ReadLabelValue("arch");
            }
            else if (_json.NameIs("instanceType"))
            {
                _settings.InstanceType = ReadLabelValue("instanceType");
            }
            else if (_json.NameIs("target"))
            {
                _settings.Target = ReadText("target", MaxTargetBytes);
            }
            else if (_json.NameIs("heartbeat"))
            {
                ReadHeartbeat();
            }
            else if (_json.NameIs("wifi"))
            {
                ReadWifi();
            }
            else if (_json.NameIs("ntpServer"))
            {
                _settings.NtpServer = ReadNtpServer();
            }
            else if (_json.NameIs("logLevel"))
            {
                _settings.LogLevel = ReadLogLevel();
            }
            else if (_json.NameIs("syslog"))
            {
                ReadSyslog();
            }
            else
            {
                NoteUnknown("");
            }
        }
    }

    private void ReadConfigMap()
    {
        BeginObject("configMap");
        while (_json.ReadName())
        {
            if (_json.NameIs("namespace"))
            {
                string name = ReadText("configMap.namespace", 63);
                Require(KubernetesNames.IsDnsLabel(name), "configMap.namespace", "must be a namespace's name: at most 63 of a-z, 0-9 and -");
                _settings.ConfigMapNamespace = name;
            }
            else if (_json.NameIs("name"))
            {
                string name = ReadText("configMap.name", 253);
                Require(KubernetesNames.IsDnsSubdomain(name), "configMap.name", "must be a ConfigMap's name: at most 253 of a-z, 0-9, - and .");
                _settings.ConfigMapName = name;
            }
            else if (_json.NameIs("watch"))
            {
                Require(_json.TryReadBoolean(out bool watch), "configMap.watch", "must be true or false");
                _settings.ConfigMapWatch = watch;
            }
            else
            {
                NoteUnknown("configMap.");
            }
        }
    }

    private void ReadHeartbeat()
    {
        BeginObject("heartbeat");
        while (_json.ReadName())
        {
            if (_json.NameIs("mode"))
            {
                string mode = ReadText("heartbeat.mode", 16);
                Require(mode == "lease" || mode == "status", "heartbeat.mode", "must be lease or status");
                _settings.HeartbeatMode = mode == "lease" ? HeartbeatMode.Lease : HeartbeatMode.Status;
            }
            else if (_json.NameIs("leaseSeconds"))
            {
                // A Lease lasts 40 s; half of that leaves room for one that fails.
                _settings.LeaseSeconds = ReadNumber("heartbeat.leaseSeconds", 1, 20);
            }
            else if (_json.NameIs("statusSeconds"))
            {
                _settings.StatusSeconds = ReadNumber("heartbeat.statusSeconds", 10, 3600);
            }
            else
            {
                NoteUnknown("heartbeat.");
            }
        }
    }

    private void ReadLabels()
    {
        BeginObject("labels");
        int characters = 0;
        while (_json.ReadName())
        {
            string key = _json.GetString();
            Require(!_json.IsTruncated && KubernetesNames.IsLabelKey(key), "labels", "every key must be a label's key, such as room or example.com/room");
            Require(!IsOwnLabel(key), "labels." + key, "is set by the node itself");
            Require(!_settings.Labels.IsFull || _settings.Labels.IndexOf(key) >= 0, "labels", "at most " + DeviceSettings.MaxLabels.ToString());
            string value = ReadLabelValue("labels." + key);
            characters += key.Length + value.Length;
            Require(characters <= DeviceSettings.MaxLabelCharacters, "labels", "at most " + DeviceSettings.MaxLabelCharacters.ToString() + " characters together");
            _settings.Labels.Set(key, value);
        }
    }

    private static bool IsOwnLabel(string key)
    {
        return key == "kubernetes.io/hostname" || key == "kubernetes.io/os" || key == "kubernetes.io/arch" || key == "node.kubernetes.io/instance-type" || key == "picokubelet.io/board"
            || key == "picokubelet.io/microcontroller";
    }

    private string ReadNodeName()
    {
        string name = ReadText("nodeName", 63);

        // 63 rather than a Node's 253, since it is the value of the label kubernetes.io/hostname too.
        Require(KubernetesNames.IsDnsSubdomain(name), "nodeName", "must be a Node's name: at most 63 of a-z, 0-9, - and .");
        return name;
    }

    private ApiEndpoint ReadApiServer()
    {
        string url = ReadText("apiServer", MaxTextBytes);
        ApiEndpoint endpoint = ApiEndpoint.Parse(url);

        // The boards' network is built for IPv4 alone.
        Require(endpoint != null || (url.IndexOf('[') < 0 && url.IndexOf("::") < 0), "apiServer", "must be a host's name or an IPv4 address; boards have no IPv6");
        Require(endpoint != null, "apiServer", "must be a URL of scheme, host and port, such as https://192.168.1.10:6443");
        return endpoint;
    }

    private string ReadCa()
    {
        string ca = ReadText("ca", MaxPemBytes);
        string good = PemCertificates.Check("ca", ca);
        HasMendedCa = good != ca;
        return good;
    }

    private string ReadNtpServer()
    {
        string host = ReadText("ntpServer", 253);
        Require(KubernetesNames.IsDnsSubdomain(host), "ntpServer", "must be a host's name, in lower case, or its address");
        return host;
    }

    private LogLevel ReadLogLevel()
    {
        return ReadText("logLevel", 16) switch
        {
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Info,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => throw new SettingsException("logLevel", "must be debug, info, warning or error"),
        };
    }
}
