using PicoKubelet.Json;
using PicoKubelet.Logging;

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
        Write(json, "ntpServer", settings.NtpServer, defaults.NtpServer);
        Write(json, "logLevel", Logger.NameOf(settings.LogLevel), Logger.NameOf(defaults.LogLevel));
        json.EndObject();
    }

    private static void WritePods(DeviceSettings settings, JsonWriter json)
    {
        json.BeginObject("pods");
        Write(json, "max", settings.MaxPods, 0);
        json.BeginArray("pins");
        for (int pin = 0; pin < 64; pin++)
        {
            if ((settings.PodPins & (1UL << pin)) != 0)
            {
                json.Value(pin);
            }
        }

        json.EndArray();
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
