using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Gives anybody a token for whatever it asks for, as a registry's token server does with public images (distribution's specification of tokens).</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string Issuer = "issuer";
    public const string Service = "registry";

    private readonly HttpListener _listener = new();
    private readonly X509Certificate2 _certificate;
    private readonly RSA _key = RSA.Create(2048);
    private readonly Task _serving;

    public TokenServer(string certificateFile)
    {
        var request = new CertificateRequest("CN=tokens", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificateFile, _certificate.ExportCertificatePem());
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Name = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
        }

        _listener.Prefixes.Add($"http://{Name}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Gets its host and port.</summary>
    public string Name { get; }

    /// <summary>Gets how many tokens it gave.</summary>
    public int Given { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _certificate.Dispose();
        _key.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Given++;
            byte[] body = Encoding.UTF8.GetBytes(new JsonObject { ["token"] = MakeToken(context.Request.QueryString["scope"]) }.ToJsonString());
            context.Response.ContentType = "application/json";
            context.Response.OutputStream.Write(body);
            context.Response.Close();
        }
    }

    private string MakeToken(string? scope)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var access = new JsonArray();
        if (scope?.Split(':') is [var type, var name, var actions])
        {
            access.Add(new JsonObject { ["type"] = type, ["name"] = name, ["actions"] = new JsonArray([.. actions.Split(',').Select(action => (JsonNode)action)]) });
        }

        string head = Encode(new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)) });
        string claims = Encode(new JsonObject
        {
            ["iss"] = Issuer, ["sub"] = string.Empty, ["aud"] = Service, ["nbf"] = now - 60, ["iat"] = now - 60, ["exp"] = now + 300, ["jti"] = $"{Given}", ["access"] = access,
        });
        byte[] signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject part)
    {
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
    }
}
