using System.CommandLine;
using System.Net;
using PicoKubelet.Enroll.Device;
using PicoKubelet.Settings;

namespace PicoKubelet.Enroll.Cli;

/// <summary>The command line's options, and what each of them must be.</summary>
internal sealed class EnrollCommandOptions
{
    // It is the value of the label kubernetes.io/hostname too.
    private const int MaxNameLength = 63;

    // IEEE 802.11 has 32, of which the runtime reads 31.
    private const int MaxSsidBytes = 31;

    // What the API server asks of a TokenRequest.
    private static readonly TimeSpan ShortestToken = TimeSpan.FromMinutes(10);

    private readonly Argument<string> _name = new("name") { Description = "The board's name, such as pico-node-7: of its Node, its ServiceAccount and its ConfigMap." };
    private readonly Option<bool> _rotate = new("--rotate") { Description = "Make a new certificate or token, whichever the board's picokubelet.json has, and put it there; everything else stays." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Delete the board's objects and its Node. A token is worth nothing from then on; a certificate holds until it expires." };
    private readonly Option<string> _output = Text("--output", "DIR", "Where the board's files go: a folder of its own, outside every git repository, since they hold secrets.");
    private readonly Option<string> _kubeconfig = Text("--kubeconfig", "FILE", "The cluster's kubeconfig [default: kubectl's own].");
    private readonly Option<string> _context = Text("--context", "NAME", "The kubeconfig's context, rather than its current one.");
    private readonly Option<string> _apiServer = Text("--api-server", "URL", "Where the board reaches the API server, if that is not what the kubeconfig says.");
    private readonly Option<string> _target = Text("--target", "TARGET", $"nanoFramework's name of the board's CLR: {BoardTarget.Examples}.");
    private readonly Option<string> _serialPort = Text("--serial-port", "PORT", "Where the board is connected, such as COM9 or /dev/ttyUSB0; nanoff --listports tells.");
    private readonly Option<string> _wifiSsid = Text("--wifi-ssid", "NAME", "The Wi-Fi's name. Its password is asked for. Without it no network.json is written.");
    private readonly Option<string> _wifiPasswordFile = Text("--wifi-password-file", "FILE", "A file with the Wi-Fi's password, or - for the standard input. Empty is an open network.");
    private readonly WifiCommandOptions _wifi = new();
    private readonly Option<string> _kubeletTokenFile = Text(
        "--kubelet-token-file", "FILE", "A file with the token that clients of the node's port have to show. Without it the port serves its health alone.");
    private readonly Option<string> _syslog = Text("--syslog", "HOST:PORT", "Have the board send its log there, as syslog over UDP; the port is 514 unless it is given.");
    private readonly Option<string> _identity = Text(
        "--identity", "KIND",
        "What the board signs in with: node, a node's client certificate as a kubelet has one, or token, a ServiceAccount's [default: node, and token over http://].");
    private readonly Option<string> _servingNames = Text(
        "--serving-names", "NAMES",
        "Have the board's port speak TLS under these DNS names and IPv4 addresses, separated by commas: for a board on a PC. A device is reached through a gateway.");
    private readonly Option<string> _joinGateway = Text(
        "--join-gateway", "ADDRESS:PORT",
        "Have the API server reach the board through a gateway, deploy/proxy/gateway, at this port of its own: "
        + "writes the board's address and token for it, and its announcement into the board's picokubelet.json.");
    private readonly Option<bool> _leaveGateway = new("--leave-gateway") { Description = "Take the board out of the gateway again." };
    private readonly Option<string> _gatewayFolder = Text("--gateway-folder", "DIR", "The folder of the gateway's boards.");
    private readonly Option<string> _boardAddress = Text("--board-address", "ADDRESS:PORT", "Where the gateway reaches the board: its own address and kubelet.port.");
    private readonly Option<string> _tokenDuration = Text(
        "--token-duration", "DURATION", $"How long the token is to hold [default: {EnrollOptions.DefaultTokenDuration}]; the cluster may shorten it.");
    private readonly Option<bool> _longLivedToken = new("--long-lived-token") { Description = "Take the token of a Secret, which holds until the Secret is deleted." };
    private readonly Option<string> _image = Text(
        "--image", "FILE", $"The firmware's image, for the commands that are shown [default: {EnrollOptions.FullImage}, or {EnrollOptions.LightImage} where the board has no room for pods].");

    private Option[] All =>
    [
        _rotate, _remove, _joinGateway, _leaveGateway, _gatewayFolder, _boardAddress, _output, _kubeconfig, _context, _apiServer, _target, _serialPort,
        _wifiSsid, _wifiPasswordFile, .. _wifi.All, _kubeletTokenFile, _syslog, _identity, _servingNames, _tokenDuration, _longLivedToken, _image,
    ];

    private (Option Mode, EnrollAction Action)[] Modes =>
    [
        (_rotate, EnrollAction.Rotate), (_remove, EnrollAction.Remove), (_joinGateway, EnrollAction.JoinGateway), (_leaveGateway, EnrollAction.LeaveGateway),
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_name);
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Checks what was given.</summary>
    /// <exception cref="EnrollException">Something is not what it must be.</exception>
    public EnrollOptions Read(ParseResult result)
    {
        EnrollAction action = ReadAction(result);
        RejectUnused(result, action);
        return new EnrollOptions
        {
            Name = ReadName(result),
            Action = action,
            Kubeconfig = ReadKubeconfig(result),
            Context = result.GetValue(_context),
            ApiServer = ReadApiServer(result),
            Output = action == EnrollAction.Remove ? "" : Path.GetFullPath(Needed(result, _output)),
            Target = action == EnrollAction.Enroll ? Needed(result, _target) : "",
            SerialPort = result.GetValue(_serialPort),
            WifiSsid = ReadSsid(result),
            WifiPasswordFile = result.GetValue(_wifiPasswordFile),
            Wifi = _wifi.Read(result),
            KubeletTokenFile = result.GetValue(_kubeletTokenFile),
            Syslog = result.GetValue(_syslog),
            Identity = ReadIdentity(result),
            ServingNames = ReadServingNames(result),
            Gateway = ReadEndpoint(result, _joinGateway, action == EnrollAction.JoinGateway),
            GatewayFolder = action is EnrollAction.JoinGateway or EnrollAction.LeaveGateway ? Path.GetFullPath(Needed(result, _gatewayFolder)) : "",
            BoardAddress = ReadEndpoint(result, _boardAddress, action == EnrollAction.JoinGateway),
            TokenDuration = ReadTokenDuration(result),
            LongLivedToken = ReadLongLived(result),
            Image = result.GetValue(_image),
        };
    }

    private static Option<string> Text(string name, string helpName, string description)
    {
        return new Option<string>(name) { HelpName = helpName, Description = description };
    }

    private static string Needed(ParseResult result, Option<string> option)
    {
        return result.GetValue(option) ?? throw new EnrollException($"{option.Name} is needed: {option.Description}");
    }

    private EnrollAction ReadAction(ParseResult result)
    {
        (Option Mode, EnrollAction Action)[] given = [.. Modes.Where(mode => result.GetResult(mode.Mode) is { Implicit: false })];
        return given.Length < 2
            ? given.Select(mode => mode.Action).FirstOrDefault(EnrollAction.Enroll)
            : throw new EnrollException($"{given[0].Mode.Name} and {given[1].Mode.Name} contradict each other");
    }

    // An option without effect would let its user believe that it had one.
    private void RejectUnused(ParseResult result, EnrollAction action)
    {
        (Option? mode, Option[] taken) = action switch
        {
            EnrollAction.Rotate => (_rotate, [_output, _kubeconfig, _context, _tokenDuration, _longLivedToken]),
            EnrollAction.Remove => ((Option?)_remove, new Option[] { _kubeconfig, _context }),
            EnrollAction.JoinGateway => (_joinGateway, [_output, _gatewayFolder, _boardAddress, _kubeletTokenFile]),
            EnrollAction.LeaveGateway => (_leaveGateway, [_output, _gatewayFolder]),
            _ => (null, [.. All.Except([_joinGateway, _leaveGateway, _gatewayFolder, _boardAddress])]),
        };
        Option? unused = Array.Find(All, option => option != mode && result.GetResult(option) is { Implicit: false } && !taken.Contains(option));
        if (unused is not null)
        {
            throw new EnrollException(mode is null
                ? $"{unused.Name} goes with {_joinGateway.Name} and {_leaveGateway.Name} alone"
                : $"{unused.Name} has no meaning with {mode.Name}, which takes {string.Join(", ", taken.Select(option => option.Name))}");
        }
    }

    private string? ReadKubeconfig(ParseResult result)
    {
        string? file = result.GetValue(_kubeconfig);
        if (file is not null)
        {
            // kubectl takes a file that is not there for one that is empty.
            SecretInput.ReadFile(file, _kubeconfig.Name);
        }

        return file;
    }

    private BoardIdentity? ReadIdentity(ParseResult result)
    {
        Option? ofToken = Array.Find([_tokenDuration, (Option)_longLivedToken], option => result.GetResult(option) is { Implicit: false });
        return result.GetValue(_identity) switch
        {
            null => ofToken is null ? null : BoardIdentity.Token,
            "node" when ofToken is null => BoardIdentity.Node,
            "node" => throw new EnrollException($"{ofToken.Name} is for --identity token: how long a certificate holds the cluster decides"),
            "token" => BoardIdentity.Token,
            _ => throw new EnrollException("--identity must be node or token"),
        };
    }

    private static string ReadEndpoint(ParseResult result, Option<string> option, bool isNeeded)
    {
        string text = isNeeded ? Needed(result, option) : "";
        return !isNeeded || (IPEndPoint.TryParse(text, out IPEndPoint? point) && point.Port > 0 && point.ToString() == text && !text.StartsWith('['))
            ? text
            : throw new EnrollException($"{option.Name} must be an IPv4 address and a port, such as 192.168.1.10:11001, not '{text}'");
    }

    private IReadOnlyList<string> ReadServingNames(ParseResult result)
    {
        string[] names = result.GetValue(_servingNames)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        string? wrong = Array.Find(names, name => !KubernetesNames.IsDnsSubdomain(name));
        return wrong is null ? names : throw new EnrollException($"{_servingNames.Name} must be DNS names and IPv4 addresses, separated by commas, not '{wrong}'");
    }

    private string ReadTokenDuration(ParseResult result)
    {
        string text = result.GetValue(_tokenDuration) ?? EnrollOptions.DefaultTokenDuration;
        return GoDuration.TryParse(text, out TimeSpan duration) && duration >= ShortestToken
            ? text
            : throw new EnrollException($"{_tokenDuration.Name} must be a duration of at least {GoDuration.Write(ShortestToken)}, such as 8760h or 1h30m, not '{text}'");
    }

    private string ReadName(ParseResult result)
    {
        string name = result.GetValue(_name)!;
        return name.Length <= MaxNameLength && KubernetesNames.IsDnsSubdomain(name)
            ? name
            : throw new EnrollException($"'{name}' can not be a Node's name: lower-case letters, digits, '-' and '.', at most {MaxNameLength}, a letter or digit first and last");
    }

    private string? ReadApiServer(ParseResult result)
    {
        string? url = result.GetValue(_apiServer);
        return url is null || ApiEndpoint.Parse(url) is not null
            ? url
            : throw new EnrollException("--api-server must be a URL of scheme, host and port, such as https://192.168.1.10:6443");
    }

    private string? ReadSsid(ParseResult result)
    {
        string? ssid = result.GetValue(_wifiSsid);
        if (ssid is null && result.GetValue(_wifiPasswordFile) is not null)
        {
            throw new EnrollException("--wifi-password-file needs --wifi-ssid");
        }

        int bytes = System.Text.Encoding.UTF8.GetByteCount(ssid ?? "-");
        return bytes is > 0 and <= MaxSsidBytes ? ssid : throw new EnrollException($"--wifi-ssid must be 1 to {MaxSsidBytes} bytes: the board's runtime has no room for more");
    }

    private bool ReadLongLived(ParseResult result)
    {
        bool isLongLived = result.GetValue(_longLivedToken);
        return !isLongLived || result.GetValue(_tokenDuration) is null
            ? isLongLived
            : throw new EnrollException("--long-lived-token and --token-duration contradict each other");
    }
}
