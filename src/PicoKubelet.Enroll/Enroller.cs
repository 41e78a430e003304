using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Device;
using PicoKubelet.Enroll.Kubernetes;
using Spectre.Console;

namespace PicoKubelet.Enroll;

/// <summary>Does what the command line asks for.</summary>
/// <param name="console">Where it says what it did.</param>
internal sealed class Enroller(IAnsiConsole console)
{
    // In a token's place while it is looked at whether all else is right.
    private static readonly BoardToken NoToken = new("none", null);

    private readonly Report _report = new(console);

    /// <summary>Does it.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="EnrollException">It can not be done.</exception>
    public async Task RunAsync(EnrollOptions options, CancellationToken stop)
    {
        Kubectl kubectl = new(options.Kubeconfig, options.Context);
        await kubectl.RequireAsync(stop);
        BoardObjects objects = new(kubectl, options.Name, stop);
        await (options.Action switch
        {
            EnrollAction.Rotate => RotateAsync(options, objects),
            EnrollAction.Remove => RemoveAsync(options, objects),
            _ => EnrollAsync(options, kubectl, objects, stop),
        });
    }

    private async Task EnrollAsync(EnrollOptions options, Kubectl kubectl, BoardObjects objects, CancellationToken stop)
    {
        // All that can be wrong with the command line comes before the first change in the cluster.
        BoardTarget target = BoardTarget.Find(options.Target);
        SecretFolder folder = new(options.Output);
        folder.RequireOutsideGit();
        string? old = folder.Has(DeviceFiles.Settings) ? folder.Read(DeviceFiles.Settings) : null;
        string serialPort = options.SerialPort ?? target.UsualSerialPort;
        string? network = MakeNetwork(options, serialPort);
        string? kubeletToken = options.KubeletTokenFile is { } file ? SecretInput.ReadFile(file, "--kubelet-token-file").Trim() : null;
        ClusterAccess access = await ClusterAccess.ReadAsync(kubectl, options.ApiServer, stop);
        DeviceFiles.MakeSettings(options.Name, access, NoToken, kubeletToken, old);
        folder.RequireWritable();
        await RequireNewAsync(options, objects, old is not null);

        bool madeConfigMap = await objects.ApplyAsync();
        _report.Done($"ServiceAccount, rights{(madeConfigMap ? " and ConfigMap" : "")} of {options.Name} in the namespace {Names.Namespace}");
        BoardToken token = await CreateTokenAsync(options, objects);
        folder.Write(DeviceFiles.Settings, DeviceFiles.MakeSettings(options.Name, access, token, kubeletToken, old, target.Name));
        folder.Write(DeviceFiles.Files, DeviceFiles.MakeFiles(target, serialPort));
        if (network is not null)
        {
            folder.Write(DeviceFiles.Network, network);
        }

        _report.Done($"{DeviceFiles.Settings}, {DeviceFiles.Files}{(network is null ? "" : $", {DeviceFiles.Network}")} in {folder.Path}; they hold secrets");
        WarnOf(access, target);
        if (target.FlashNote is { } flashNote)
        {
            _report.Warning(flashNote);
        }

        if (options.SerialPort is null)
        {
            _report.Warning($"{serialPort} is a guess: nanoff --listports tells the board's serial port, --serial-port sets it");
        }

        _report.Steps(NanoffSteps.List(target, serialPort, options.Image, folder.Path, network is not null), options.Name);
    }

    private async Task RequireNewAsync(EnrollOptions options, BoardObjects objects, bool hasFile)
    {
        // A board that was removed leaves its file behind, and may come back.
        if (hasFile && await objects.IsEnrolledAsync())
        {
            throw new EnrollException($"{options.Output} has a {DeviceFiles.Settings} already: --rotate makes a new token for it");
        }

        // With the name of another machine the board's identity could change that one's Node.
        if (await objects.HasBoardNodeAsync() == false)
        {
            throw new EnrollException($"the Node {options.Name} is there and is no PicoKubelet board: give the board another name");
        }
    }

    private async Task RotateAsync(EnrollOptions options, BoardObjects objects)
    {
        // The file and the folder before the cluster makes a token for nothing.
        SecretFolder folder = new(options.Output);
        folder.RequireOutsideGit();
        string old = folder.Read(DeviceFiles.Settings);
        DeviceFiles.ReplaceToken(old, options.Name, NoToken);
        folder.RequireWritable();
        if (!await objects.IsEnrolledAsync())
        {
            throw new EnrollException($"{options.Name} is not enrolled in this cluster, or was removed: enroll it without --rotate; the same folder will do");
        }

        BoardToken token = await CreateTokenAsync(options, objects);
        folder.Write(DeviceFiles.Settings, DeviceFiles.ReplaceToken(old, options.Name, token));
        _report.Done($"{DeviceFiles.Settings} in {folder.Path} has the new token");
        if (!options.LongLivedToken)
        {
            _report.Warning("tokens made earlier hold until they expire; --remove, and then everything anew, ends them at once");
        }

        _report.Steps([NanoffSteps.Files(folder.Path, "onto the board", hasNetwork: false)], options.Name);
    }

    private async Task RemoveAsync(EnrollOptions options, BoardObjects objects)
    {
        IReadOnlyList<string> found = await objects.FindAsync();
        bool? node = await objects.HasBoardNodeAsync();
        if (found.Count == 0 && node != true)
        {
            throw new EnrollException(node is null
                ? $"nothing was deleted: there is no board {options.Name} in this cluster; kubectl get serviceaccounts -n {Names.Namespace} lists them"
                : $"nothing was deleted: the Node {options.Name} is no PicoKubelet board, and none of that name is enrolled");
        }

        await objects.RemoveAsync();
        int configMaps = found.Count(name => name.StartsWith("configmap/", StringComparison.Ordinal));
        string[] deleted =
        [
            .. found.Count > configMaps ? ["its identity"] : Array.Empty<string>(),
            .. configMaps > 0 ? ["its ConfigMap"] : Array.Empty<string>(),
            .. node == true ? ["its Node"] : Array.Empty<string>(),
        ];
        _report.Done($"{options.Name}: deleted {string.Join(", ", deleted)}; its tokens are worth nothing any more");
        if (node == false)
        {
            _report.Warning($"the Node {options.Name} stays: it has no label {Names.BoardLabel}, so it is no board's");
        }
    }

    private string? MakeNetwork(EnrollOptions options, string serialPort)
    {
        if (options.WifiSsid is null)
        {
            return null;
        }

        string password = SecretInput.Read(console, $"the password of the Wi-Fi {options.WifiSsid}", options.WifiPasswordFile, "--wifi-password-file");
        return DeviceFiles.MakeNetwork(serialPort, options.WifiSsid, password);
    }

    private async Task<BoardToken> CreateTokenAsync(EnrollOptions options, BoardObjects objects)
    {
        if (options.LongLivedToken)
        {
            BoardToken forever = await objects.CreateLongLivedTokenAsync();
            _report.Done($"token of the Secret {Names.Namespace}/{options.Name}");
            _report.Warning("this token never expires: whoever gets it has it until the Secret is deleted");
            return forever;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        BoardToken token = await objects.CreateTokenAsync(options.TokenDuration);
        if (token.Expires is not { } expires)
        {
            _report.Warning("the token does not say when it expires");
            return token;
        }

        _report.Done($"token, which expires on {expires:yyyy-MM-dd HH:mm} UTC");
        if (token.IsShorterThan(options.TokenDuration, now))
        {
            _report.Warning($"the cluster shortened the token's life to {GoDuration.Write(expires - now)}, of {options.TokenDuration}: renew it before with --rotate, or take --long-lived-token");
        }

        return token;
    }

    private void WarnOf(ClusterAccess access, BoardTarget target)
    {
        if (!access.IsTls)
        {
            _report.Warning("over plain HTTP everybody on the network can read the token: this is for a TLS proxy on the local network");
        }
        else if (!target.HasClock)
        {
            _report.Warning($"{target.Name} has no clock at its start and can check no certificate: give it a TLS proxy on the local network with --api-server http://…");
        }
        else if (access.Ca is null)
        {
            _report.Warning("the kubeconfig has no certificate-authority: the board will check the API server with the certificates in its own store");
        }
    }
}
