namespace PicoKubelet.Enroll.Cli;

/// <summary>What the command line asks for, checked.</summary>
internal sealed record EnrollOptions
{
    /// <summary>Gets the board's name: that of its Node, its ServiceAccount and its ConfigMap.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what is to be done.</summary>
    public EnrollAction Action { get; init; }

    /// <summary>Gets the kubeconfig file, or null for the one that kubectl finds by itself.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Gets the kubeconfig's context, or null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Gets the URL at which the board reaches the API server, or null for the kubeconfig's.</summary>
    public string? ApiServer { get; init; }

    /// <summary>Gets the folder of the board's files; none for <see cref="EnrollAction.Remove"/>.</summary>
    public string Output { get; init; } = "";

    /// <summary>Gets nanoFramework's name of the board's CLR; none but for <see cref="EnrollAction.Enroll"/>.</summary>
    public string Target { get; init; } = "";

    /// <summary>Gets the serial port that the board is at, or null for the usual one.</summary>
    public string? SerialPort { get; init; }

    /// <summary>Gets the Wi-Fi's name, or null if the board has its Wi-Fi already.</summary>
    public string? WifiSsid { get; init; }

    /// <summary>Gets the file with the Wi-Fi's password, - for the standard input, or null to ask for it.</summary>
    public string? WifiPasswordFile { get; init; }

    /// <summary>Gets what else is to be known of the Wi-Fi.</summary>
    public WifiOptions Wifi { get; init; } = new(null, null, null, null, null, null);

    /// <summary>Gets the file with the token that clients of the node's port have to show, or null for none.</summary>
    public string? KubeletTokenFile { get; init; }

    /// <summary>Gets where the board sends its log, or null for nowhere.</summary>
    public string? Syslog { get; init; }

    /// <summary>Gets what the board is to sign in with, or null for a certificate where the API server speaks HTTPS and a token where it does not.</summary>
    public BoardIdentity? Identity { get; init; }

    /// <summary>Gets the DNS names and addresses for which the board's port is to have a certificate; none for plain HTTP.</summary>
    public IReadOnlyList<string> ServingNames { get; init; } = [];

    /// <summary>Gets the address and the port of the gateway's that are to stand for the board; none but for <see cref="EnrollAction.JoinGateway"/>.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Gets the folder of the gateway's boards; none where no gateway is meant.</summary>
    public string GatewayFolder { get; init; } = "";

    /// <summary>Gets the board's own address and port; none but for <see cref="EnrollAction.JoinGateway"/>.</summary>
    public string BoardAddress { get; init; } = "";

    /// <summary>Gets how long the token is to hold, as kubectl takes it.</summary>
    public string TokenDuration { get; init; } = DefaultTokenDuration;

    /// <summary>Gets whether the token is a Secret's, which holds until it is deleted.</summary>
    public bool LongLivedToken { get; init; }

    /// <summary>Gets the firmware's image, for the commands that are shown, or null for the one that fits the board.</summary>
    public string? Image { get; init; }

    /// <summary>A year. A cluster may shorten it.</summary>
    internal const string DefaultTokenDuration = "8760h";

    /// <summary>Where the build puts the image.</summary>
    internal const string FullImage = "src/PicoKubelet/bin/Release/PicoKubelet.bin";

    /// <summary>Where the build puts the image without pods.</summary>
    internal const string LightImage = "src/PicoKubelet.Light/bin/Release/PicoKubelet.Light.bin";
}
