using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// What a kubelet sends in steady state but for its status: each 10 s it reads its Node and writes its Lease, in protobuf, over one HTTP/2 connection with
/// its client certificate. .NET's HTTP/2 sends each header in full where Go's refers to those sent before, some 150 bytes a request, which are taken off.
/// </summary>
internal static class KubeletPattern
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const int HeadersOfNet = 150;
    private const int RoundsPerMinute = 6;
    private const int Minutes = 10;

    /// <summary>Measures it.</summary>
    /// <param name="plane">The API server.</param>
    /// <param name="name">A Node that is registered and has a Lease.</param>
    /// <param name="identity">That Node's certificate.</param>
    /// <returns>The bytes of TLS a minute, both directions.</returns>
    public static async Task<double> MeasureAsync(ControlPlane plane, string name, TlsIdentity identity)
    {
        long bytes = 0;
        using X509Certificate2 certificate = NodeCertificate.Load(identity);
        using SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = BenchCluster.Trust(plane.CaPem!);
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        handler.ConnectCallback = async (context, stop) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new CountingStream(new NetworkStream(socket, ownsSocket: true), count => Interlocked.Add(ref bytes, count));
        };
        using HttpClient client = new(handler) { BaseAddress = plane.Url, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("kubelet/v1.20.2 (linux/arm)");
        client.DefaultRequestHeaders.Accept.ParseAdd(Protobuf + ", */*");
        string leasePath = $"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/{name}";
        byte[] lease = await client.GetByteArrayAsync(leasePath);
        await client.GetByteArrayAsync($"/api/v1/nodes/{name}?resourceVersion=0&timeout=10s");
        bytes = 0;
        for (int round = 0; round < Minutes * RoundsPerMinute; round++)
        {
            await client.GetByteArrayAsync($"/api/v1/nodes/{name}?resourceVersion=0&timeout=10s");
            using ByteArrayContent content = new(lease);
            content.Headers.ContentType = new MediaTypeHeaderValue(Protobuf);
            using HttpResponseMessage reply = await client.PutAsync($"{leasePath}?timeout=10s", content);
            reply.EnsureSuccessStatusCode();
            lease = await reply.Content.ReadAsByteArrayAsync();
        }

        return ((double)bytes / Minutes) - (2 * RoundsPerMinute * HeadersOfNet);
    }
}
