using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Debian's docker-registry on a port of its own, and skopeo that pushes to it.</summary>
internal sealed class ImageRegistry : IAsyncDisposable
{
    private readonly string _folder = TestRun.NewFolder($"registry-{Guid.NewGuid():N}"[..17]);
    private readonly string _program;
    private RunningProgram? _server;

    private ImageRegistry(string program)
    {
        _program = program;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Name = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
    }

    /// <summary>Gets the registry as references name it.</summary>
    public string Name { get; }

    /// <summary>Gets what gives tokens, or null where none are wanted.</summary>
    public TokenServer? Tokens { get; private set; }

    /// <summary>Starts one. Where there is none, the test is inconclusive.</summary>
    /// <param name="wantsToken">Whether it wants a token, which anybody gets.</param>
    /// <param name="authority">Who signs its certificate for TLS, or null for plain HTTP.</param>
    public static async Task<ImageRegistry> StartAsync(bool wantsToken = false, TestAuthority? authority = null)
    {
        string? program = ExternalProgram.Find("docker-registry");
        if (program is null || ExternalProgram.Find("skopeo") is null)
        {
            Assert.Inconclusive("docker-registry or skopeo is not installed; programs from a registry are left out.");
        }

        ImageRegistry registry = new(program!);
        registry.Tokens = wantsToken ? new TokenServer(registry.CertificateFile) : null;
        await registry.StartServerAsync(authority);
        return registry;
    }

    /// <summary>Ends it.</summary>
    public async Task StopAsync()
    {
        RunningProgram server = _server!;
        _server = null;
        await server.DisposeAsync();
    }

    /// <summary>Pushes a program, as docs/pods.md says it.</summary>
    /// <param name="image">Repository and tag.</param>
    /// <param name="program">The program, base64.</param>
    /// <returns>The image's reference.</returns>
    public Task<string> PushAsync(string image, string program)
    {
        return PushAsync(image, Convert.FromBase64String(program));
    }

    /// <summary>Pushes bytes as a program.</summary>
    /// <returns>The image's reference.</returns>
    public async Task<string> PushAsync(string image, byte[] program)
    {
        string file = Path.Combine(_folder, "program.wasm");
        await File.WriteAllBytesAsync(file, program);
        string reference = $"{Name}/{image}";
        ProgramResult result = await ExternalProgram.RunAsync(
            Repository.PathOf("sdk/push.sh"), [file, reference, "--dest-tls-verify=false"], new Dictionary<string, string>(), PodSpace.Long);
        result.MustSucceed();
        return reference;
    }

    /// <summary>Damages a program that was pushed, where the registry keeps it.</summary>
    /// <param name="program">The program, base64.</param>
    /// <param name="damage">Given the file, at its start.</param>
    public void DamageBlob(string program, Action<FileStream> damage)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(program)));
        using FileStream blob = File.OpenWrite(PathOf($"docker/registry/v2/blobs/sha256/{digest[..2]}/{digest}/data"));
        damage(blob);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (Tokens is not null)
        {
            await Tokens.DisposeAsync();
        }
    }

    private string CertificateFile => PathOf("tokens.pem");

    private async Task StartServerAsync(TestAuthority? authority)
    {
        string configuration = Path.Combine(_folder, "config.yml");
        string text = $$"""
            version: 0.1
            storage:
              filesystem:
                rootdirectory: {{_folder}}
            http:
              addr: {{Name}}

            """;
        if (authority is not null)
        {
            using X509Certificate2 certificate = authority.Sign(IPAddress.Loopback, "localhost");
            File.WriteAllText(PathOf("server.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(PathOf("server.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            text += $"  tls:\n    certificate: {PathOf("server.pem")}\n    key: {PathOf("server.key")}\n";
        }

        if (Tokens is not null)
        {
            text += $$"""
                auth:
                  token:
                    realm: http://{{Tokens.Name}}/token
                    service: {{TokenServer.Service}}
                    issuer: {{TokenServer.Issuer}}
                    rootcertbundle: {{CertificateFile}}

                """;
        }

        await File.WriteAllTextAsync(configuration, text);
        _server = new RunningProgram(_program, ["serve", configuration]);
        await _server.WaitForAsync(new("(listening on)"), PodSpace.Long);
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
