using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>Writes the settings document that <see cref="SettingsReader"/> reads. A value that is the default is left out.</summary>
public static class SettingsWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="settings">The settings, with an API server.</param>
    /// <param name="json">Where it goes.</param>
    public static void Write(DeviceSettings settings, JsonWriter json)
    {
        DeviceSettings defaults = new DeviceSettings();
        json.BeginObject();
        json.Property("apiServer", settings.ApiServer.ToString());
        Write(json, "token", settings.Token, null);
        Write(json, "clientCertificate", settings.ClientIdentity?.Certificate, null);
        Write(json, "clientKey", settings.ClientIdentity?.Key, null);
        Write(json, "ca", settings.Ca, null);
        Write(json, "nodeName", settings.NodeName, null);
        WriteLabels(settings.Labels, json);
        Write(json, "os", settings.Os, null);
        Write(json, "arch", settings.Arch, null);
        Write(json, "instanceType", settings.InstanceType, null);
        Write(json, "target", settings.Target, null);

        json.BeginObject("heartbeat");
        Write(json, "mode", settings.HeartbeatMode == HeartbeatMode.Status ? "status" : null, null);
        Write(json, "leaseSeconds", settings.LeaseSeconds, defaults.LeaseSeconds);
        Write(json, "statusSeconds", settings.StatusSeconds, defaults.StatusSeconds);
        json.EndObject();

        json.BeginObject("kubelet");
        Write(json, "port", settings.KubeletPort, defaults.KubeletPort);
        Write(json, "token", settings.KubeletToken, null);
        Write(json, "anonymousRead", settings.KubeletAnonymousRead);
        Write(json, "certificate", settings.KubeletIdentity?.Certificate, null);
        Write(json, "key", settings.KubeletIdentity?.Key, null);
        Write(json, "clientCa", settings.KubeletClientCa, null);
        Write(json, "clientName", settings.KubeletClientName, defaults.KubeletClientName);
        Write(json, "announce", settings.KubeletAnnounceAddress == null ? null : settings.KubeletAnnounceAddress + ":" + settings.KubeletAnnouncePort.ToString(), null);
        json.EndObject();

        json.BeginObject("configMap");
        Write(json, "namespace", settings.ConfigMapNamespace, defaults.ConfigMapNamespace);
        Write(json, "name", settings.ConfigMapName, null);
        Write(json, "watch", settings.ConfigMapWatch);
        json.EndObject();

        WritePods(settings, json);
        WriteWifi(settings.Wifi, defaults.Wifi, json);
        Write(json, "ntpServer", settings.NtpServer, defaults.NtpServer);
        Write(json, "syslog", settings.SyslogHost == null ? null : settings.SyslogHost + ":" + settings.SyslogPort.ToString(), null);
        Write(json, "logLevel", Logger.NameOf(settings.LogLevel), Logger.NameOf(defaults.LogLevel));
        json.EndObject();
    }

    private static void WritePods(DeviceSettings settings, JsonWriter json)
    {
        json.BeginObject("pods");
        Write(json, "max", settings.MaxPods, 0);
        if (settings.PodResources != null)
        {
            WriteResources(json, "pins", settings.PodResources, 0, ExtendedResources.Analog);
            WriteResources(json, "analog", settings.PodResources, ExtendedResources.Analog, ExtendedResources.I2c);
            WriteResources(json, "i2c", settings.PodResources, ExtendedResources.I2c, ExtendedResources.End);
        }

        if (settings.InsecureRegistries != null)
        {
            json.BeginArray("insecureRegistries");
            for (int i = 0; i < settings.InsecureRegistries.Length && settings.InsecureRegistries[i] != null; i++)
            {
                json.Value(settings.InsecureRegistries[i]);
            }

            json.EndArray();
        }

        Write(json, "registryCa", settings.RegistryCa, null);
        json.EndObject();
    }

    private static void WriteResources(JsonWriter json, string name, ExtendedResources resources, int first, int end)
    {
        json.BeginArray(name);
        for (int i = first; i < end; i++)
        {
            if (!resources.Has(i))
            {
                continue;
            }

            if (first == ExtendedResources.I2c)
            {
                json.Value("0x" + Hex.ToText(new byte[] { (byte)(i - first) }));
            }
            else
            {
                json.Value(i - first);
            }
        }

        json.EndArray();
    }

    private static void WriteWifi(WifiSettings settings, WifiSettings defaults, JsonWriter json)
    {
        json.BeginObject("wifi");
        Write(json, "address", settings.Address?.Address, null);
        Write(json, "netmask", settings.Address?.Netmask, null);
        Write(json, "gateway", settings.Address?.Gateway, null);
        Write(json, "dns", settings.Address?.Dns, null);
        Write(json, "secondSsid", settings.SecondSsid, null);
        Write(json, "secondPassword", settings.SecondPassword, defaults.SecondPassword);
        Write(json, "setupMinutes", settings.SetupMinutes, defaults.SetupMinutes);
        Write(json, "setupPassword", settings.SetupPassword, null);
        json.EndObject();
    }

    private static void WriteLabels(Labels labels, JsonWriter json)
    {
        json.BeginObject("labels");
        for (int i = 0; i < labels.Count; i++)
        {
            json.Property(labels.Key(i), labels.Value(i));
        }

        json.EndObject();
    }

    private static void Write(JsonWriter json, string name, string value, string standard)
    {
        if (value != null && value != standard)
        {
            json.Property(name, value);
        }
    }

    private static void Write(JsonWriter json, string name, int value, int standard)
    {
        if (value != standard)
        {
            json.Property(name, value);
        }
    }

    private static void Write(JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.Property(name, value);
        }
    }
}
