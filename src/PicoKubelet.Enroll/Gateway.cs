using System.Net;
using System.Security.Cryptography;
using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Device;

namespace PicoKubelet.Enroll;

/// <summary>Puts a board behind a gateway, and takes it out again. The cluster is told by the board itself.</summary>
/// <param name="options">The command line.</param>
/// <param name="report">Where it says what it did.</param>
internal sealed class Gateway(EnrollOptions options, Report report)
{
    private const int TokenBytes = 16;

    private readonly SecretFolder _board = new(options.Output);
    private readonly GatewayFiles _files = new(new SecretFolder(options.GatewayFolder), options.Name);

    /// <summary>Puts it behind.</summary>
    /// <exception cref="EnrollException">It can not be done.</exception>
    public void Join()
    {
        string old = ReadSettings();
        int port = IPEndPoint.Parse(options.Gateway).Port;
        string? given = options.KubeletTokenFile is { } file ? SecretInput.ReadFile(file, "--kubelet-token-file").Trim() : null;
        string settings = DeviceFiles.Announce(old, options.Name, options.Gateway, given, out string? token);
        if (token is null)
        {
            settings = DeviceFiles.Announce(old, options.Name, options.Gateway, RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true), out token);
        }

        _files.RequireFree(port);
        _files.Write(port, options.BoardAddress, token!);
        _board.Write(DeviceFiles.Settings, settings);
        report.Done($"{options.Name} is port {port} of the gateway in {options.GatewayFolder}; {DeviceFiles.Settings} in {_board.Path} announces {options.Gateway}");
        TellSteps();
    }

    /// <summary>Takes it out.</summary>
    /// <exception cref="EnrollException">It can not be done.</exception>
    public void Leave()
    {
        string settings = DeviceFiles.Announce(ReadSettings(), options.Name, null, null, out _);
        _files.Delete();
        _board.Write(DeviceFiles.Settings, settings);
        report.Done($"{options.Name} is no longer in the gateway's folder {options.GatewayFolder}, and announces its own address");
        TellSteps();
    }

    private string ReadSettings()
    {
        _board.RequireOutsideGit();
        string settings = _board.Read(DeviceFiles.Settings);
        _board.RequireWritable();
        return settings;
    }

    private void TellSteps()
    {
        report.Steps(
        [
            new NanoffStep("the gateway reads its folder anew; in the cluster, once its Secret is made anew (deploy/proxy/gateway)", "nginx -s reload"),
            NanoffSteps.Files(_board.Path, "onto the board", hasNetwork: false),
        ], options.Name);
    }
}
