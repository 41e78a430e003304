using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Somebody who has an enrolled board's certificate.</summary>
internal sealed class BoardClient : IDisposable
{
    private readonly HttpClient _client;

    /// <param name="cluster">The cluster that knows the board.</param>
    /// <param name="settings">The board's settings.</param>
    public BoardClient(Cluster cluster, JsonObject settings)
    {
        using X509Certificate2 inMemory = X509Certificate2.CreateFromPem(settings.Text("clientCertificate"), settings.Text("clientKey"));
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
        SocketsHttpHandler handler = cluster.NewHandler();
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        _client = new HttpClient(handler) { BaseAddress = cluster.Url };
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The reply's status.</returns>
    public async Task<int> SendAsync(string method, string path, string? body)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
        {
            string type = method == "PATCH" ? "application/strategic-merge-patch+json" : "application/json";
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
    }
}
