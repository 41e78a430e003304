using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PicoKubelet.IntegrationTests.Clusters;

namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>
/// A proxy in front of a cluster, over plain HTTP as for a board without room for TLS, that holds no credentials,
/// remembers what the board sent, and fails as it is told to.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int MaximumHead = 16 * 1024;

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpMessageInvoker _upstream;
    private readonly Uri _cluster;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private readonly int _port;
    private TcpListener? _listener;

    /// <summary>Initializes a proxy and picks its port; it refuses connections until <see cref="Listen"/>.</summary>
    /// <param name="cluster">Where requests go.</param>
    public FaultProxy(Cluster cluster)
    {
        _cluster = cluster.Url;
        _upstream = new HttpMessageInvoker(cluster.NewHandler());
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
    }

    /// <summary>Gets the proxy's URL.</summary>
    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Gets or sets how each request is answered.</summary>
    public Fault Fault { get; set; } = FaultCatalog.None;

    /// <summary>Gets the requests so far.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Accepts connections from now on.</summary>
    public void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Cuts all connections and refuses new ones from now on.</summary>
    public void Refuse()
    {
        _listener?.Stop();
        foreach (Socket client in _clients.Keys)
        {
            client.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Refuse();
        _upstream.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        _clients[client] = true;
        try
        {
            using NetworkStream stream = new(client, ownsSocket: true);
            while (await ReadRequestAsync(stream) is { } request)
            {
                _requests.Enqueue(request);
                Exchange exchange = new(request, client, ForwardAsync, _stopping.Token);
                if (!await Fault(exchange))
                {
                    break;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The board closed the connection, or the test ended.
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }

    private async Task<RecordedRequest?> ReadRequestAsync(NetworkStream stream)
    {
        string? head = await ReadHeadAsync(stream);
        if (head is null)
        {
            return null;
        }

        string[] lines = head.Split("\r\n");
        string[] start = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        TimeSpan at = _watch.Elapsed;
        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stopping.Token);
        return new RecordedRequest(at, start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        byte[] head = new byte[MaximumHead];
        int length = 0;

        // A byte at a time, so that nothing of the body or the next request is taken.
        while (await stream.ReadAsync(head.AsMemory(length, 1), _stopping.Token) > 0)
        {
            length++;
            if (head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                return Encoding.ASCII.GetString(head, 0, length - 4);
            }
        }

        return null;
    }

    private async Task<Reply> ForwardAsync(RecordedRequest request)
    {
        using HttpRequestMessage message = new(new HttpMethod(request.Method), new Uri(_cluster, request.Path));
        if (request.Body.Length > 0)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.Header("Content-Type"));
        }

        foreach (string name in new[] { "Accept", "Authorization", "User-Agent" })
        {
            message.Headers.TryAddWithoutValidation(name, request.Header(name));
        }

        using HttpResponseMessage response = await _upstream.SendAsync(message, _stopping.Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync(_stopping.Token);
        return new Reply((int)response.StatusCode, body, ("Content-Type", response.Content.Headers.ContentType?.ToString() ?? "text/plain"));
    }
}
