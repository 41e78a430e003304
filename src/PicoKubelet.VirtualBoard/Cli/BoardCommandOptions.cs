using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.Settings;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>The command line's options, and what each of them must be.</summary>
internal sealed class BoardCommandOptions
{
    private const string DefaultBaseName = "pico-node";
    private const string Quit = "quit";
    private const int MaxBoards = 10_000;

    // It is the value of the label kubernetes.io/hostname too.
    private const int MaxNameLength = 63;

    private readonly ClusterOptions _cluster = new();
    private readonly Option<string> _settings = OptionReading.Text("--settings", "FILE", "A settings document (JSON) as a device has it; other options override it.");
    private readonly Option<string> _name = OptionReading.Text("--name", "NAME", "The node's name [default: pico-node-1]. With --boards: NAME-1, NAME-2 and so on.");
    private readonly Option<string> _boards = OptionReading.Text("--boards", "N", "How many boards [default: 1].");
    private readonly Option<string> _board =
        OptionReading.Text("--board", "PROFILE", $"The kind of board [default: the one that the settings were made for, or {BoardModels.Default}]: {KnownBoards()}.");
    private readonly Option<string> _address = OptionReading.Text("--address", "IP", "The first board's address; the others' count up from it [default: 127.0.0.1].");
    private readonly Option<string> _mode = OptionReading.Text("--mode", "MODE", "Heartbeats by Lease and status (lease) or by status alone (status).");
    private readonly Option<string> _leaseSeconds = OptionReading.Text("--lease-seconds", "N", "Seconds between heartbeats [default: 10].");
    private readonly Option<string> _state = OptionReading.Text("--state", "DIR", "Keep the boards' files in this folder, rather than in memory.");
    private readonly Option<bool> _noUi = new("--no-ui") { Description = "Write the log to the console in place of the live view; so it is also where the output is no terminal." };
    private readonly Option<bool> _provision = new("--provision") { Description = "Begin without settings: a page, whose URL is shown, takes them, as on an ESP32 that was just flashed." };
    private readonly Option<string> _provisionPort = OptionReading.Text("--provision-port", "PORT", "That page's port [default: 8080, or any free one].");
    private readonly Option<string> _inputs =
        OptionReading.Text("--inputs", "FILE", "What is wired to the boards (docs/inputs.md), such as 14=low, adc0=2048 or i2c0x48=1910, one a line; read again whenever it changes.");
    private readonly Option<string[]> _at = new("--at")
    {
        HelpName = "TIME=EVENT",
        Description = $"What happens to all boards, how long after the start; may be given often. EVENT: {KnownEvents()}. Example: --at 10s=wifi-lost --at 30s=wifi-back",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            .. _cluster.All, _settings,
            _name, _boards, _board, _address, _mode, _leaseSeconds,
            _state, _provision, _provisionPort, _noUi, _inputs, _at,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Checks what was given.</summary>
    /// <exception cref="CommandException">Something is not what it must be.</exception>
    public RunOptions Read(ParseResult result)
    {
        string? settings = ReadSettings(result);
        if (result.GetValue(_provision))
        {
            OptionReading.RejectTogether(result, _provision, _settings, _mode, _leaseSeconds);
        }

        return new RunOptions
        {
            Cluster = _cluster.Read(result, settings, _settings),
            KubectlLine = _cluster.KubectlLine(result),
            Port = _cluster.Port(result),
            UseHttps = _cluster.UsesHttps(result),
            Names = ReadNames(result, settings),
            Board = ReadBoard(result, settings),
            FirstAddress = ReadAddress(result),
            SettingsJson = settings,
            Mode = ReadMode(result),
            LeaseInterval = OptionReading.Number(result, _leaseSeconds, 1, 20) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            StateFolder = result.GetValue(_state),
            Provisions = result.GetValue(_provision),
            ProvisioningPort = OptionReading.Number(result, _provisionPort, 1, ushort.MaxValue),
            HasView = !result.GetValue(_noUi) && !Console.IsOutputRedirected,
            InputsFile = result.GetValue(_inputs),
            Events = [.. result.GetValue(_at)!.Select(ReadEvent)],
        };
    }

    private static string KnownBoards()
    {
        return string.Join(", ", BoardModels.All.Append(BoardModels.WithPsram).Select(model => model.Name));
    }

    private static string KnownEvents()
    {
        return string.Join(", ", BoardEvents.All.Select(known => known.Name).Append(Quit));
    }

    private static ScheduledEvent ReadEvent(string text)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length != 2 || !Duration.TryParse(parts[0], out TimeSpan after))
        {
            throw new CommandException("--at", $"must be TIME=EVENT such as 10s=wifi-lost or 2m=reboot, not '{text}'");
        }

        BoardEvent? known = BoardEvents.All.FirstOrDefault(candidate => candidate.Name == parts[1]);
        return known is not null || parts[1] == Quit
            ? new ScheduledEvent(after, known)
            : throw new CommandException("--at", $"there is no event '{parts[1]}'; there are: {KnownEvents()}");
    }

    private string? ReadSettings(ParseResult result)
    {
        if (result.GetValue(_settings) is not { } path)
        {
            return null;
        }

        string text = OptionReading.File(_settings, path);
        string? fault = SettingsDocument.FindFault(text);
        return fault is null ? text : throw new CommandException(_settings.Name, $"{path}: {fault}");
    }

    private IReadOnlyList<string> ReadNames(ParseResult result, string? settings)
    {
        int count = OptionReading.Number(result, _boards, 1, MaxBoards) ?? 1;
        string? given = result.GetValue(_name);
        string? name = given ?? SettingsDocument.ReadText(settings, "nodeName");
        IReadOnlyList<string> names = name is not null && count == 1
            ? [name]
            : [.. Enumerable.Range(1, count).Select(number => $"{name ?? DefaultBaseName}-{number}")];
        string? wrong = names.FirstOrDefault(candidate => candidate.Length > MaxNameLength || !KubernetesNames.IsDnsSubdomain(candidate));
        string source = given is null && name is not null ? $"{_settings.Name}: nodeName" : $"{_name.Name}:";
        return wrong is null
            ? names
            : throw new CommandException($"{source} must be lower-case letters, digits, '-' and '.', at most 63 of them, and begin and end with a letter or digit; '{wrong}' is not");
    }

    private string ReadBoard(ParseResult result, string? settings)
    {
        bool provisions = result.GetValue(_provision);
        if (result.GetValue(_board) is null && SettingsDocument.ReadText(settings, "target") is { } target && BoardModels.Find(target).HasProfile)
        {
            return target;
        }

        string board = result.GetValue(_board) ?? (provisions ? BoardModels.DefaultWithAccessPoint : BoardModels.Default);
        if (provisions && BoardModels.TryFind(board) is { HasAccessPoint: false })
        {
            throw new CommandException(_board.Name, $"only an ESP32 opens a network of its own, not '{board}'");
        }

        return BoardModels.TryFind(board) is not null
            ? board
            : throw new CommandException(_board.Name, $"there is no board '{board}'; there are: {KnownBoards()}");
    }

    private string ReadAddress(ParseResult result)
    {
        string text = result.GetValue(_address) ?? "127.0.0.1";
        bool isIPv4 = IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text;
        return isIPv4 ? text : throw new CommandException(_address.Name, $"must be an IPv4 address such as 127.0.0.1, not '{text}'");
    }

    private string? ReadMode(ParseResult result)
    {
        string? mode = result.GetValue(_mode);
        return mode is null or "lease" or "status"
            ? mode
            : throw new CommandException(_mode.Name, $"must be lease or status, not '{mode}'");
    }
}
