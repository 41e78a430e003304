using System.CommandLine;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>The options that say which cluster the boards join.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> _apiServer = OptionReading.Text("--api-server", "URL", "Join the cluster with this API server, rather than an embedded one.");
    private readonly Option<string> _token = OptionReading.Text("--token", "TOKEN", "The bearer token to sign in with.");
    private readonly Option<string> _tokenFile = OptionReading.Text("--token-file", "FILE", "A file that holds the token.");
    private readonly Option<string> _ca = OptionReading.Text("--ca", "FILE", "The CA certificate (PEM) that signed the API server's certificate.");
    private readonly Option<string> _kubeconfig = OptionReading.Text("--kubeconfig", "FILE", "Join the cluster of this kubeconfig.");
    private readonly Option<string> _context = OptionReading.Text("--context", "NAME", "The kubeconfig's context, rather than its current one.");
    private readonly Option<string> _port = OptionReading.Text("--port", "PORT", "The embedded API server's port [default: 8001, or any free one].");
    private readonly Option<bool> _https = new("--https") { Description = "The embedded API server speaks HTTPS, with a CA of its own." };

    /// <summary>Gets the options.</summary>
    public IEnumerable<Option> All => [_apiServer, _token, _tokenFile, _ca, _kubeconfig, _context, _port, _https];

    /// <summary>Gets the embedded API server's port, or null.</summary>
    public int? Port(ParseResult result)
    {
        return OptionReading.Number(result, _port, 1, ushort.MaxValue);
    }

    /// <summary>Gets whether the embedded API server speaks HTTPS.</summary>
    public bool UsesHttps(ParseResult result)
    {
        return result.GetValue(_https);
    }

    /// <summary>Gets the cluster that was chosen, or null for the embedded API server.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="settings">The settings document, or null; what it says counts where no option says it.</param>
    /// <param name="settingsOption">The option that named the settings document.</param>
    /// <exception cref="CommandException">Something is not what it must be.</exception>
    public ClusterAddress? Read(ParseResult result, string? settings, Option settingsOption)
    {
        string? token = ReadToken(result);
        if (result.GetValue(_kubeconfig) is { } kubeconfig)
        {
            OptionReading.RejectTogether(result, _kubeconfig, _apiServer, _ca, _port, _https);
            ClusterAddress address = Kubeconfig.Load(kubeconfig).Read(result.GetValue(_context), token);
            return address.ClientCertificate is null
                ? Checked(_kubeconfig, address.Server.OriginalString, address.Token, address.CaPem)
                : Checked(_kubeconfig, address);
        }

        if (result.GetValue(_context) is not null)
        {
            throw new CommandException(_context.Name, "needs --kubeconfig");
        }

        string? server = result.GetValue(_apiServer);
        Option source = server is null ? settingsOption : _apiServer;
        server ??= SettingsDocument.ReadText(settings, "apiServer");
        if (server is null)
        {
            return EmbeddedOnly(result);
        }

        OptionReading.RejectTogether(result, source, _port, _https);
        string? ca = result.GetValue(_ca) is { } file ? ReadCa(file) : SettingsDocument.ReadText(settings, "ca");
        token ??= SettingsDocument.ReadText(settings, "token");

        // A board signs in with one of the two; whether certificate and key belong together was looked at with the rest of the settings.
        return token is null && SettingsDocument.ReadText(settings, "clientCertificate") is { } certificate && Uri.TryCreate(server, UriKind.Absolute, out Uri? uri)
            ? Checked(source, new ClusterAddress(uri, null, ca, certificate, SettingsDocument.ReadText(settings, "clientKey")))
            : Checked(source, server, token, ca);
    }

    /// <summary>Gets the kubectl command that shows the chosen cluster's nodes.</summary>
    public string KubectlLine(ParseResult result)
    {
        string kubeconfig = result.GetValue(_kubeconfig) is { } file ? $" --kubeconfig {file}" : "";
        string context = result.GetValue(_context) is { } name ? $" --context {name}" : "";
        return $"kubectl{kubeconfig}{context} get nodes";
    }

    private ClusterAddress? EmbeddedOnly(ParseResult result)
    {
        Option? stray = OptionReading.FindGiven(result, _token, _tokenFile, _ca);
        return stray is null ? null : throw new CommandException(stray.Name, "needs --api-server or --kubeconfig: the embedded API server makes its own");
    }

    // Before the firmware says the same in its log, a board a line.
    private static ClusterAddress Checked(Option option, ClusterAddress address)
    {
        try
        {
            TlsIdentity.Read("client-certificate", address.ClientCertificate, "client-key", address.ClientKey);
        }
        catch (SettingsException exception)
        {
            throw new CommandException(option.Name, exception.Message);
        }

        return address.Server.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new CommandException(option.Name, "the server must be https:// for a client certificate, which nothing but TLS shows");
    }

    private static ClusterAddress Checked(Option option, string server, string? token, string? caPem)
    {
        if (ApiEndpoint.Parse(server) is not { } endpoint || !Uri.TryCreate(server, UriKind.Absolute, out Uri? uri))
        {
            throw new CommandException(option.Name, $"the API server must be a URL such as https://192.168.1.10:6443, not '{server}'");
        }

        // Over plain HTTP there is a proxy in between that may sign in by itself.
        return token is not null || !endpoint.IsSecure
            ? new ClusterAddress(uri, token, caPem)
            : throw new CommandException(option.Name, "needs a token too: --token or --token-file");
    }

    private string? ReadToken(ParseResult result)
    {
        if (result.GetValue(_tokenFile) is not { } file)
        {
            return result.GetValue(_token);
        }

        OptionReading.RejectTogether(result, _tokenFile, _token);
        string token = OptionReading.File(_tokenFile, file).Trim();
        return token.Length > 0 ? token : throw new CommandException(_tokenFile.Name, $"{file} is empty");
    }

    private string ReadCa(string file)
    {
        string pem = OptionReading.File(_ca, file);
        try
        {
            return PemCertificates.Check(file, pem);
        }
        catch (SettingsException exception)
        {
            throw new CommandException(_ca.Name, exception.Message);
        }
    }
}
