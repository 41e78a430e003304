using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Device;
using PicoKubelet.Enroll.Kubernetes;
using Spectre.Console;

namespace PicoKubelet.Enroll;

/// <summary>Does what the command line asks for.</summary>
/// <param name="console">Where it says what it did.</param>
internal sealed class Enroller(IAnsiConsole console)
{
    private readonly Report _report = new(console);

    /// <summary>Does it.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="EnrollException">It can not be done.</exception>
    public async Task RunAsync(EnrollOptions options, CancellationToken stop)
    {
        if (options.Action is EnrollAction.JoinGateway or EnrollAction.LeaveGateway)
        {
            Gateway gateway = new(options, _report);
            Action act = options.Action == EnrollAction.JoinGateway ? gateway.Join : gateway.Leave;
            act();
            return;
        }

        Kubectl kubectl = new(options.Kubeconfig, options.Context);
        await kubectl.RequireAsync(stop);
        BoardObjects objects = new(kubectl, options.Name, stop);
        await (options.Action switch
        {
            EnrollAction.Rotate => RotateAsync(options, kubectl, objects, stop),
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
        bool hasFile = old is not null;
        string serialPort = options.SerialPort ?? target.UsualSerialPort;
        string? network = MakeNetwork(options, serialPort);
        old = AddWifi(options, target, old);
        string? kubeletToken = options.KubeletTokenFile is { } file ? SecretInput.ReadFile(file, "--kubelet-token-file").Trim() : null;
        ClusterAccess access = await ClusterAccess.ReadAsync(kubectl, options.ApiServer, stop);
        string? kept = old is null || options.ServingNames.Count == 0 ? old : DeviceFiles.WithoutServing(old);
        DeviceFiles.MakeSettings(options.Name, access, BoardCredentials.None, kubeletToken, kept, syslog: options.Syslog);
        folder.RequireWritable();
        IdentityMaker maker = IdentityMaker.Choose(options, FindIdentity(options, access, target), kubectl, objects, _report, stop);
        ServingMaker servingMaker = new(kubectl, new CertificateRequests(kubectl, options.Name, stop), _report, options.ServingNames, stop);
        await servingMaker.RequireAsync(maker.Signers);
        await RequireNewAsync(options, objects, hasFile);

        bool madeConfigMap = await objects.ApplyAsync(maker.Identity);
        _report.Done($"{maker.Objects}{(madeConfigMap ? " and ConfigMap" : "")} of {options.Name} in the namespace {Names.Namespace}");
        BoardCredentials credentials = await maker.CreateAsync();
        ServingIdentity? serving = await servingMaker.CreateAsync();
        folder.Write(DeviceFiles.Settings, DeviceFiles.MakeSettings(options.Name, access, credentials, kubeletToken, old, target.Name, serving, options.Syslog));
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

        string image = options.Image ?? (target.HasRoomForPods ? EnrollOptions.FullImage : EnrollOptions.LightImage);
        _report.Steps(NanoffSteps.List(target, serialPort, image, folder.Path, network is not null), options.Name);
    }

    private async Task RequireNewAsync(EnrollOptions options, BoardObjects objects, bool hasFile)
    {
        // A board that was removed leaves its file behind, and may come back.
        if (hasFile && await objects.IsEnrolledAsync())
        {
            throw new EnrollException($"{options.Output} has a {DeviceFiles.Settings} already: --rotate makes a new identity for it");
        }

        // With the name of another machine the board's identity could change that one's Node.
        if (await objects.HasBoardNodeAsync() == false)
        {
            throw new EnrollException($"the Node {options.Name} is there and is no PicoKubelet board: give the board another name");
        }
    }

    // A certificate needs TLS, and TLS a clock at the start.
    private static BoardIdentity FindIdentity(EnrollOptions options, ClusterAccess access, BoardTarget target)
    {
        bool canShow = access.IsTls && target.HasClock;
        string why = access.IsTls ? target.Name + " has no clock at its start and can use no TLS" : access.Server + " is plain HTTP, which shows no certificate";
        return options.Identity != BoardIdentity.Node || canShow
            ? options.Identity ?? (canShow ? BoardIdentity.Node : BoardIdentity.Token)
            : throw new EnrollException($"--identity node: {why}; take --identity token");
    }

    private async Task RotateAsync(EnrollOptions options, Kubectl kubectl, BoardObjects objects, CancellationToken stop)
    {
        // The file and the folder before the cluster makes anything for nothing.
        SecretFolder folder = new(options.Output);
        folder.RequireOutsideGit();
        string old = folder.Read(DeviceFiles.Settings);
        DeviceFiles.Replace(DeviceFiles.WithoutServing(old), options.Name, BoardCredentials.None);
        folder.RequireWritable();
        if (!await objects.IsEnrolledAsync())
        {
            throw new EnrollException($"{options.Name} is not enrolled in this cluster, or was removed: enroll it without --rotate; the same folder will do");
        }

        BoardIdentity identity = DeviceFiles.IdentityIn(old);
        if (options.Identity == BoardIdentity.Token && identity == BoardIdentity.Node)
        {
            throw new EnrollException($"{options.Name} signs in with a certificate: --token-duration and --long-lived-token are for tokens");
        }

        IdentityMaker maker = IdentityMaker.Choose(options, identity, kubectl, objects, _report, stop);
        ServingMaker servingMaker = new(kubectl, new CertificateRequests(kubectl, options.Name, stop), _report, DeviceFiles.ServingNamesIn(old), stop);
        await servingMaker.RequireAsync(maker.Signers);
        BoardCredentials credentials = await maker.CreateAsync();
        folder.Write(DeviceFiles.Settings, DeviceFiles.Replace(old, options.Name, credentials, await servingMaker.CreateAsync()));
        _report.Done($"{DeviceFiles.Settings} in {folder.Path} has the new {maker.Noun}");
        maker.TellOfOld();

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
        _report.Warning("a client certificate can not be taken back: a board that has one can sign in as its Node until it expires, so wipe the board");
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

    private string? AddWifi(EnrollOptions options, BoardTarget target, string? settings)
    {
        WifiOptions wifi = options.Wifi;
        if (wifi.Address is not null && !target.HoldsStaticAddress)
        {
            throw new EnrollException($"--wifi-address: the runtime of {target.Name} can hold no static address; have the DHCP server keep one for the board");
        }

        string? password = wifi.SecondSsid is null
            ? null
            : SecretInput.Read(console, $"the password of the Wi-Fi {wifi.SecondSsid}", wifi.SecondPasswordFile, "--wifi-second-password-file");
        return DeviceFiles.AddWifi(settings, options.Name, new BoardWifi(wifi.Address, wifi.Netmask, wifi.Gateway, wifi.Dns, wifi.SecondSsid, password));
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
