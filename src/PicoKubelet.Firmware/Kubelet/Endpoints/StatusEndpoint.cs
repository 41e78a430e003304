using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Kubelet.Commands;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Runtime;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>How the device fares, for people. What the board can not tell is null.</summary>
internal sealed class StatusEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly Platform _platform;
    private readonly BoardProfile _profile;
    private readonly BootRecord _boot;
    private readonly Link _wifi;
    private readonly ConfigurationState _configuration;
    private readonly SecretMask _secrets;
    private readonly CommandRunner _commands;

    public StatusEndpoint(NodeVitals vitals, Platform platform, BoardProfile profile, BootRecord boot, Link wifi, ConfigurationState configuration, SecretMask secrets, CommandRunner commands)
    {
        _vitals = vitals;
        _platform = platform;
        _profile = profile;
        _boot = boot;
        _wifi = wifi;
        _configuration = configuration;
        _secrets = secrets;
        _commands = commands;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        WriteDevice(json);
        answer.Checkpoint();
        WriteRestarts(json);
        answer.Checkpoint();
        WriteWifi(answer);
        answer.Checkpoint();
        WriteCluster(json);
        answer.Checkpoint();
        WriteBounded(json, "last_error", _vitals.State.LastError);
        answer.Checkpoint();
        WriteCommand(json);
        json.EndObject();
        answer.End();
    }

    private void WriteDevice(JsonWriter json)
    {
        ITelemetry telemetry = _platform.Telemetry;
        int temperature = 0;
        json.Property("node", _vitals.State.NodeName);
        json.Property("board", _profile.Name);
        json.Property("target", _platform.Board.TargetName);
        json.Property("version", FirmwareVersion.Number);
        json.Property("uptime_seconds", _vitals.Uptime / 1000);
        json.Property("boots", _boot.Boots);
        json.Property("boot_reason", _boot.LastReason);
        json.Property("safe_mode", _boot.IsSafe);
        json.Property("address", _vitals.State.Address);
        json.Name("temperature_celsius");
        if (telemetry != null && telemetry.TryGetTemperature(out temperature))
        {
            json.ValueOfDecimal(temperature, 3);
        }
        else
        {
            json.Null();
        }

        json.BeginObject("memory");
        json.Property("free_bytes", _vitals.State.FreeHeap);
        json.Property("total_bytes", _platform.Board.GetTotalHeap());
        json.EndObject();
    }

    private void WriteRestarts(JsonWriter json)
    {
        json.BeginObject("restarts");
        for (int kind = 0; kind < RestartReason.Count; kind++)
        {
            if (_boot.Restarts(kind) > 0)
            {
                json.Property(RestartReason.NameOf(kind), _boot.Restarts(kind));
            }
        }

        json.EndObject();
    }

    private void WriteWifi(ServerAnswer answer)
    {
        JsonWriter json = answer.Json;
        Link wifi = _wifi;
        int signal = wifi.Signal;
        json.BeginObject("wifi");
        json.Property("state", wifi.StateName);
        json.Property("state_seconds", wifi.StateAge / 1000);
        json.Property("failure", wifi.FailureName);
        json.Property("last_failure", wifi.LastFailureName);
        json.Property("ssid", wifi.Ssid);
        json.Property("address", wifi.Address);
        WriteOptional(json, "signal_dbm", signal != 0, signal);
        WriteOptional(json, "signal_age_seconds", signal != 0, wifi.SignalAge / 1000);
        json.Property("joins", wifi.Joins);
        json.Property("losses", wifi.Losses);
        if (wifi.NetworkCount > 1)
        {
            answer.Checkpoint();
            json.BeginArray("networks");
            for (int i = 0; i < wifi.NetworkCount; i++)
            {
                WifiNetwork network = wifi.Network(i);
                json.BeginObject();
                json.Property("ssid", network.Ssid);
                json.Property("failure", WifiFailures.NameOf(network.Failure));
                json.EndObject();
            }

            json.EndArray();
        }

        json.EndObject();
    }

    private void WriteCluster(JsonWriter json)
    {
        NodeState state = _vitals.State;
        long age = _vitals.HeartbeatAge;
        json.Property("registered", state.IsRegistered);
        json.Property("ready", state.IsReady);
        WriteOptional(json, "last_contact_seconds", age >= 0, age / 1000);
        json.BeginObject("heartbeats");
        json.Property("mode", state.Mode);
        json.Property("sent", state.HeartbeatsSent);
        json.Property("failed", state.HeartbeatsFailed);
        json.EndObject();
        json.Property("config_version", _secrets.Mask(_configuration.AppliedVersion));
    }

    private void WriteCommand(JsonWriter json)
    {
        json.Name("command");
        if (_commands.CommandName == null)
        {
            json.Null();
            return;
        }

        bool isRunning = _commands.IsRunning;
        string error = _commands.Error;
        json.BeginObject();
        json.Property("name", _commands.CommandName);
        json.Property("state", isRunning ? "running" : error == null ? "done" : "failed");
        WriteBounded(json, "error", error);
        WriteOptional(json, "ms", !isRunning, _commands.Milliseconds);
        json.EndObject();
    }

    private static void WriteOptional(JsonWriter json, string name, bool isThere, long value)
    {
        json.Name(name);
        if (isThere)
        {
            json.Value(value);
        }
        else
        {
            json.Null();
        }
    }

    private static void WriteBounded(JsonWriter json, string name, string text)
    {
        // Text that came from elsewhere: a piece of the answer has room for so much of it, even if all of it is escaped.
        const int MaxChars = 80;
        json.Property(name, text != null && text.Length > MaxChars ? text.Substring(0, MaxChars) : text);
    }
}
