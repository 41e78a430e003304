using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Network;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>How the device fares, for people. What the board can not tell is null.</summary>
internal sealed class StatusEndpoint : IEndpoint
{
    private readonly NodeContext _context;
    private readonly CommandRunner _commands;

    public StatusEndpoint(NodeContext context, CommandRunner commands)
    {
        _context = context;
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
        WriteWifi(json);
        answer.Checkpoint();
        WriteCluster(json);
        answer.Checkpoint();
        WriteBounded(json, "last_error", _context.State.LastError);
        answer.Checkpoint();
        WriteCommand(json);
        json.EndObject();
        answer.End();
    }

    private void WriteDevice(JsonWriter json)
    {
        ITelemetry telemetry = _context.Platform.Telemetry;
        int temperature = 0;
        json.Property("node", _context.State.NodeName);
        json.Property("board", _context.Profile.Name);
        json.Property("target", _context.Platform.Board.TargetName);
        json.Property("version", FirmwareVersion.Number);
        json.Property("uptime_seconds", _context.Uptime / 1000);
        json.Property("boots", _context.Boot.Boots);
        json.Property("boot_reason", _context.Boot.LastReason);
        json.Property("address", _context.State.Address);
        json.Name("temperature_celsius");
        if (telemetry != null && telemetry.TryGetTemperature(out temperature))
        {
            json.ValueOfThousandths(temperature);
        }
        else
        {
            json.Null();
        }

        json.BeginObject("memory");
        json.Property("free_bytes", _context.State.FreeHeap);
        json.Property("total_bytes", _context.Platform.Board.GetTotalHeap());
        json.EndObject();
    }

    private void WriteWifi(JsonWriter json)
    {
        Link wifi = _context.Wifi;
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
        json.EndObject();
    }

    private void WriteCluster(JsonWriter json)
    {
        NodeState state = _context.State;
        long age = _context.HeartbeatAge;
        json.Property("registered", state.IsRegistered);
        json.Property("ready", state.IsReady);
        WriteOptional(json, "last_contact_seconds", age >= 0, age / 1000);
        json.BeginObject("heartbeats");
        json.Property("mode", state.Mode);
        json.Property("sent", state.HeartbeatsSent);
        json.Property("failed", state.HeartbeatsFailed);
        json.EndObject();
        json.Property("config_version", _context.Configuration == null ? null : _context.Secrets.Mask(_context.Configuration.AppliedVersion));
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
