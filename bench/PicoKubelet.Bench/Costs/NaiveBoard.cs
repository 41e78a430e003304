using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// The design to compare with, k3s-pico-node's in the usual means of .NET: the whole status each 10 s as a document put together by a
/// StringBuilder, the whole ConfigMap each 30 s, a connection for each request, replies read into strings and parsed. It stands in for
/// the same with nanoFramework.Json, which does not run on a PC: StringBuilder writes here, System.Text.Json reads.
/// </summary>
internal sealed class NaiveBoard : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _name;

    public NaiveBoard(string name, Uri server, string? caPem, string? token, X509Certificate2? certificate = null)
    {
        _name = name;
        SocketsHttpHandler handler = new();
        if (caPem is not null)
        {
            handler.SslOptions.CertificateChainPolicy = BenchCluster.Trust(caPem);
        }

        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        _client = new HttpClient(handler) { BaseAddress = server };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("k3s-pico-node", "1.0"));
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _client.DefaultRequestHeaders.ConnectionClose = true;
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Creates the Node, its status included.</summary>
    public void Register()
    {
        string labels = $"\"kubernetes.io/hostname\": \"{_name}\", \"kubernetes.io/arch\": \"arm\", \"kubernetes.io/os\": \"linux\", \"node.kubernetes.io/instance-type\": \"rp2040-pico\"";
        string metadata = $"\"kind\": \"Node\", \"apiVersion\": \"v1\", \"metadata\": {{ \"name\": \"{_name}\", \"labels\": {{ {labels} }} }},";
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/nodes")
        {
            Content = new StringContent("{" + metadata + StatusDocument()[1..], Encoding.UTF8, "application/json"),
        };
        Send(request);
    }

    /// <summary>Reports the status.</summary>
    /// <returns>The bytes that the calling thread allocated.</returns>
    public long ReportStatus()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/nodes/{_name}/status")
        {
            Content = new StringContent(StatusDocument(), Encoding.UTF8, "application/strategic-merge-patch+json"),
        };
        Send(request);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Reads the ConfigMap.</summary>
    /// <returns>The bytes that the calling thread allocated.</returns>
    public long Poll()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/v1/namespaces/{FleetIdentities.Namespace}/configmaps/{_name}");
        Send(request);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public void Dispose() => _client.Dispose();

    private void Send(HttpRequestMessage request)
    {
        using HttpResponseMessage response = _client.Send(request);
        using StreamReader reader = new(response.Content.ReadAsStream());
        string text = reader.ReadToEnd();
        response.EnsureSuccessStatusCode();
        using JsonDocument document = JsonDocument.Parse(text);
    }

    // As many fields as k3s-pico-node reports, indented by two blanks in front of each as there.
    private string StatusDocument()
    {
        string now = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        StringBuilder json = new("{  \"status\": {    \"conditions\": [");
        AppendCondition(json, "Ready", "True", "KubeletReady", now).Append(',');
        AppendCondition(json, "MemoryPressure", "False", "KubeletHasSufficientMemory", now).Append(',');
        AppendCondition(json, "DiskPressure", "False", "KubeletHasNoDiskPressure", now).Append(',');
        AppendCondition(json, "PIDPressure", "False", "KubeletHasSufficientPID", now).Append(',');
        AppendCondition(json, "NetworkUnavailable", "False", "RouteCreated", now).Append("    ],");
        json.Append("    \"addresses\": [      {\"type\": \"InternalIP\", \"address\": \"192.168.1.50\"},");
        json.Append($"      {{\"type\": \"Hostname\", \"address\": \"{_name}\"}}    ],");
        foreach (string resources in (string[])["capacity", "allocatable"])
        {
            json.Append($"    \"{resources}\": {{      \"cpu\": \"1\",      \"memory\": \"256Ki\",      \"pods\": \"0\"    }},");
        }

        json.Append("    \"nodeInfo\": {");
        foreach (string field in (string[])["machineID", "systemUUID", "bootID"])
        {
            json.Append($"      \"{field}\": \"rp2040-pico-wh\",");
        }

        json.Append("      \"kernelVersion\": \"5.15.0-rp2040\",      \"osImage\": \"Pico SDK\",      \"containerRuntimeVersion\": \"mock://1.0.0\",");
        json.Append("      \"kubeletVersion\": \"v1.34.0\",      \"kubeProxyVersion\": \"v1.34.0\",");
        json.Append("      \"operatingSystem\": \"linux\",      \"architecture\": \"arm\"    },");
        json.Append("    \"daemonEndpoints\": {      \"kubeletEndpoint\": {        \"Port\": 10250      }    }  }}");
        return json.ToString();
    }

    private static StringBuilder AppendCondition(StringBuilder json, string type, string status, string reason, string now)
    {
        json.Append($"      {{\"type\": \"{type}\", \"status\": \"{status}\", \"lastHeartbeatTime\": \"{now}\", \"lastTransitionTime\": \"{now}\", \"reason\": \"{reason}\"");
        return json.Append(type == "Ready" ? ", \"message\": \"Pico node is ready\"}" : "}");
    }
}
