using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.Bench.Fleet;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// Stands between a client and an API server and counts what passes, by purpose. It ends TLS on both sides, so that HTTP can be
/// counted in the clear; what TLS made of it towards the client is counted as well.
/// </summary>
internal sealed class WireRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly BenchCluster _cluster;
    private readonly RelayCertificate? _certificate;
    private readonly X509Certificate2? _client;
    private readonly Dictionary<string, WireCounts> _counts = [];
    private long _tlsBytes;
    private int _connections;
    private int _watchesAnswered;

    /// <param name="cluster">The server.</param>
    /// <param name="usesTls">Whether clients speak TLS to the relay.</param>
    /// <param name="client">What the one client shows, which the relay shows to the server; null where clients have tokens.</param>
    public WireRelay(BenchCluster cluster, bool usesTls, X509Certificate2? client = null)
    {
        _cluster = cluster;
        _client = client;
        _certificate = usesTls ? new RelayCertificate() : null;
        _listener.Start();
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Url = new Uri($"{(usesTls ? "https" : "http")}://127.0.0.1:{port}");
        StartThread(Accept);
    }

    public Uri Url { get; }

    /// <summary>Gets the relay's certificate, PEM, or null without TLS.</summary>
    public string? CaPem => _certificate?.Pem;

    /// <summary>Gets the bytes of TLS towards the client, handshakes included.</summary>
    public long TlsBytes => Interlocked.Read(ref _tlsBytes);

    /// <summary>Gets the number of connections that were opened.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Gets how many watches were answered so far.</summary>
    public int WatchesAnswered => Volatile.Read(ref _watchesAnswered);

    /// <summary>Takes note of a watch whose answer begins.</summary>
    public void NoteWatch() => Interlocked.Increment(ref _watchesAnswered);

    /// <summary>Begins to count anew. No request may be under way.</summary>
    public void Reset()
    {
        lock (_counts)
        {
            _counts.Clear();
        }

        Interlocked.Exchange(ref _tlsBytes, 0);
        Interlocked.Exchange(ref _connections, 0);
    }

    /// <summary>Gets what passed, by purpose.</summary>
    public IReadOnlyDictionary<string, WireCounts> TakeCounts()
    {
        lock (_counts)
        {
            return new SortedDictionary<string, WireCounts>(_counts.ToDictionary(pair => pair.Key, pair => pair.Value.Copy()), StringComparer.Ordinal);
        }
    }

    /// <summary>Takes note of a request and its reply.</summary>
    public void Note(MessageMeter request, MessageMeter reply)
    {
        string purpose = PurposeOf(request.Path);
        lock (_counts)
        {
            if (!_counts.TryGetValue(purpose, out WireCounts? counts))
            {
                counts = new WireCounts();
                _counts.Add(purpose, counts);
            }

            counts.Add(request, reply);
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        _certificate?.Dispose();
    }

    private static string PurposeOf(string path)
    {
        return path.EndsWith("/nodes", StringComparison.Ordinal) ? "watch of the Node"
            : path.EndsWith("/configmaps", StringComparison.Ordinal) ? "watch of the ConfigMap"
            : path.Contains("/leases", StringComparison.Ordinal) ? "Lease"
            : path.EndsWith("/status", StringComparison.Ordinal) ? "status"
            : path.Contains("/configmaps/", StringComparison.Ordinal) ? "ConfigMap poll"
            : path.Contains("/events", StringComparison.Ordinal) ? "events"
            : path.Contains("/nodes/", StringComparison.Ordinal) ? "look at the Node"
            : path.Contains("/pods", StringComparison.Ordinal) ? "look for pods"
            : "registration";
    }

    private static void StartThread(Action body)
    {
        new Thread(() => body()) { IsBackground = true }.Start();
    }

    private void Accept()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (SocketException)
            {
                return;
            }

            Interlocked.Increment(ref _connections);
            StartThread(() => Serve(client));
        }
    }

    private void Serve(TcpClient client)
    {
        using TcpClient upstream = new();
        using (client)
        {
            try
            {
                client.NoDelay = true;
                upstream.NoDelay = true;
                upstream.Connect(IPAddress.Loopback, _cluster.Url.Port);
                using Stream towardsClient = OpenClient(client);
                using Stream towardsServer = OpenServer(upstream);
                RelayedConnection connection = new(this, towardsClient, towardsServer);
                StartThread(connection.PassReplies);
                connection.PassRequests();
            }
            catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException or AuthenticationException)
            {
                // One of both went away; so does the other.
            }
        }
    }

    private Stream OpenClient(TcpClient client)
    {
        Stream raw = new CountingStream(client.GetStream(), count => Interlocked.Add(ref _tlsBytes, count));
        if (_certificate is null)
        {
            return raw;
        }

        SslStream tls = new(raw);
        tls.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate.Certificate,
            ClientCertificateRequired = _client is not null,
            RemoteCertificateValidationCallback = (_, shown, _, _) => _client is null || shown?.GetRawCertDataString() == _client.GetRawCertDataString(),
        });
        return tls;
    }

    private Stream OpenServer(TcpClient upstream)
    {
        if (_cluster.CaPem is null)
        {
            return upstream.GetStream();
        }

        SslStream tls = new(upstream.GetStream());
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            CertificateChainPolicy = BenchCluster.Trust(_cluster.CaPem),
            ClientCertificateContext = _client is null ? null : SslStreamCertificateContext.Create(_client, null, offline: true),
        });
        return tls;
    }
}
