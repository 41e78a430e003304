using System.Diagnostics;
using System.Net;
using System.Text;

namespace PicoKubelet.Bench.Hostile;

/// <summary>What clients do to a board.</summary>
internal static class HostileAttacks
{
    public const string Token = "kubelet-token-42";

    private const int LongestToken = 4096;

    private const string Host = "Host: node:10250\r\n";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "G", "GETGETGETGETGETGETGETGET"];
    private static readonly string[] Paths =
    [
        "/healthz", "/livez", "/readyz", "/pods", "/metrics", "/metrics/resource", "/stats/summary", "/spec", "/configz", "/pico/status",
        "/pico/memory", "/pico/gpio", "/pico/command", "/exec/a", "/nowhere", "*",
    ];

    private static readonly string[] Tricks =
    [
        "/healthz/../metrics", "/healthz/..%2fmetrics", "/healthz/%2e%2e/metrics", "//metrics", "/./metrics", "/metrics/", "/metrics%00",
        "/metrics%2f", "/%6d%65trics", "/METRICS", "/metrics;a=b", "/metrics?token=x", "/healthz?/metrics",
        "/metrics#/healthz", "\\metrics", "/metrics\\..\\healthz", "http://localhost/metrics", "http:///metrics", "https://a:1@b/metrics",
        "file:///etc/passwd", "/pico/status/../../healthz", "/healthz%20", "/%ff%fe", "/%", "/%1", "/%zz",
        "/" + new string('a', 1500), "/" + new string('a', 4000), "/healthz" + string.Concat(Enumerable.Repeat("/..", 300)),
    ];

    private static readonly string[] Injections =
    [
        "GET /nowhere%0d%0aX-Injected:%201 HTTP/1.1\r\n" + Host + "\r\n",
        "GET /metrics HTTP/1.1\r\n" + Host + "X: a\rAuthorization: Bearer " + Token + "\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n" + Host + "X: a\r\n Authorization: Bearer " + Token + "\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n" + Host + "X: a\0Authorization: Bearer " + Token + "\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n" + Host + "Authorization : Bearer " + Token + "\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n" + Host + "Authorization: Bearer x\r\nAuthorization: Bearer " + Token + "\r\n\r\n",
        "POST /pico/command HTTP/1.1\r\n" + Host + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /pico/command HTTP/1.1\r\n" + Host + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n12345",
        "POST /pico/command HTTP/1.1\r\n" + Host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET /metrics\r\n\r\n",
        "GET  /metrics HTTP/1.1\r\n" + Host + "\r\n",
        "GET /metrics HTTP/1.1 \r\n" + Host + "\r\n",
        "GET /metrics HTTP/2.0\r\n" + Host + "\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\n",
    ];

    public static IReadOnlyList<HostileAttack> All { get; } =
    [
        new("nothing: for comparison", (_, time, tally) => tally.Stop.WaitHandle.WaitOne(time), _ => true),
        new("slow-loris: 50 clients, a byte each 100 ms", SlowLoris, tally => tally.HasOnly(401)),
        new("200 clients that send nothing", Idle, tally => tally.HasOnly()),
        new("200 parallel clients, all the metrics", Parallel, tally => tally.HasOnly(200) && tally.CountOf(200) > 100),
        new("bodies of 10 MB, with a length and in chunks", LargeBodies, tally => tally.HasOnly(400, 413)),
        new("headers without end", (board, time, tally) => Endless(board, time, tally, "GET /healthz HTTP/1.1\r\n" + Host, "X-Padding: 0123456789\r\n"), tally => tally.HasOnly(431)),
        new("a request line without end", (board, time, tally) => Endless(board, time, tally, "GET /", "0123456789abcdef"), tally => tally.HasOnly(414)),
        new("100 requests in one connection, unasked", Pipelining, tally => tally.HasOnly(200) && tally.CountOf(200) > 0),
        new("wrong methods on every path", WrongMethods, tally => tally.HasOnly(200, 401, 400, 404, 405, 429, 501)),
        new(
            "path tricks, without a token",
            (board, time, tally) => Send(board, time, tally, Tricks.Select(path => $"GET {path} HTTP/1.1\r\n{Host}\r\n")),
            tally => tally.HasOnly(200, 400, 401, 404, 414, 429)),
        new("header injection and smuggling", (board, time, tally) => Send(board, time, tally, Injections), tally => tally.HasOnly(400, 401, 404, 429, 431, 501, 505)),
        new("tokens of each length from 0 to 4096", Tokens, tally => tally.HasOnly(401, 429, 431)),
        new("connections reset in the middle", Resets, tally => tally.HasOnly()),
    ];

    private static void SlowLoris(IPEndPoint board, TimeSpan time, HostileTally tally) => OnThreads(50, () =>
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\n{Host}{new string('x', 400)}: y\r\n\r\n");
        Repeat(time, tally.Stop, () =>
        {
            using RawClient client = new(board, tally.Stop);
            Stopwatch watch = Stopwatch.StartNew();
            for (int i = 0; i < request.Length && watch.Elapsed < time && client.TrySend(request.AsSpan(i, 1)); i++)
            {
                Thread.Sleep(100);
            }

            tally.Note(client.ReadToEnd());
        });
    });

    private static void Idle(IPEndPoint board, TimeSpan time, HostileTally tally) => OnThreads(200, () => Repeat(time, tally.Stop, () =>
    {
        using RawClient client = new(board, tally.Stop);
        tally.Note(client.ReadToEnd());
    }));

    private static void Parallel(IPEndPoint board, TimeSpan time, HostileTally tally) => OnThreads(200, () => Repeat(time, tally.Stop, () => Exchange(board, tally, Get("/metrics", Token))));

    private static void LargeBodies(IPEndPoint board, TimeSpan time, HostileTally tally)
    {
        byte[] block = new byte[64 * 1024];
        byte[] chunk = [.. "10000\r\n"u8, .. block, .. "\r\n"u8];
        OnThreads(8, () => Repeat(time, tally.Stop, () =>
        {
            foreach (string framing in new[] { $"Content-Length: {10 * 1024 * 1024}", "Transfer-Encoding: chunked" })
            {
                using RawClient client = new(board, tally.Stop);
                bool isTaken = client.TrySend(Encoding.ASCII.GetBytes($"POST /pico/command HTTP/1.1\r\n{Host}Authorization: Bearer {Token}\r\n{framing}\r\n\r\n"));
                for (int i = 0; i < 160 && isTaken; i++)
                {
                    isTaken = client.TrySend(framing.Contains("chunked", StringComparison.Ordinal) ? chunk : block);
                }

                tally.Note(client.ReadToEnd());
            }
        }));
    }

    private static void Endless(IPEndPoint board, TimeSpan time, HostileTally tally, string begin, string more) => OnThreads(8, () => Repeat(time, tally.Stop, () =>
    {
        using RawClient client = new(board, tally.Stop);
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(more, 50)));
        bool isTaken = client.TrySend(Encoding.ASCII.GetBytes(begin));
        for (int i = 0; i < 10_000 && isTaken; i++)
        {
            isTaken = client.TrySend(bytes);
        }

        tally.Note(client.ReadToEnd());
    }));

    private static void Pipelining(IPEndPoint board, TimeSpan time, HostileTally tally)
    {
        byte[] requests = [.. Enumerable.Repeat(Get("/healthz", null), 100).SelectMany(bytes => bytes)];
        OnThreads(8, () => Repeat(time, tally.Stop, () => Exchange(board, tally, requests)));
    }

    private static void WrongMethods(IPEndPoint board, TimeSpan time, HostileTally tally) => Repeat(time, tally.Stop, () =>
    {
        foreach (string method in Methods)
        {
            foreach (string path in tally.Stop.IsCancellationRequested ? [] : Paths)
            {
                using RawClient client = new(board, tally.Stop);
                client.TrySend(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\n{Host}\r\n"));
                tally.Note(client.ReadToEnd(), isHead: method == "HEAD");
            }
        }
    });

    private static void Send(IPEndPoint board, TimeSpan time, HostileTally tally, IEnumerable<string> requests)
    {
        byte[][] all = [.. requests.Select(Encoding.Latin1.GetBytes)];
        Repeat(time, tally.Stop, () => Array.ForEach(tally.Stop.IsCancellationRequested ? [] : all, request => Exchange(board, tally, request)));
    }

    private static void Tokens(IPEndPoint board, TimeSpan time, HostileTally tally)
    {
        int next = -1;
        OnThreads(8, () =>
        {
            int length;
            while ((length = Interlocked.Increment(ref next)) <= LongestToken && !tally.Stop.IsCancellationRequested)
            {
                string token = length < Token.Length ? Token[..length] : Token + new string('x', length - Token.Length);
                if (token != Token)
                {
                    Exchange(board, tally, Get("/metrics", token));
                }
            }
        });
    }

    private static void Resets(IPEndPoint board, TimeSpan time, HostileTally tally) => OnThreads(8, () =>
    {
        byte[] request = Get("/metrics", Token);
        Random random = new(1);
        Repeat(time, tally.Stop, () =>
        {
            RawClient client = new(board, tally.Stop);
            client.TrySend(request.AsSpan(0, random.Next(request.Length)));
            client.Reset();
            tally.Note([]);
        });
    });

    private static byte[] Get(string path, string? token)
    {
        string authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        return Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{Host}{authorization}\r\n");
    }

    private static void Exchange(IPEndPoint board, HostileTally tally, byte[] request)
    {
        using RawClient client = new(board, tally.Stop);
        client.TrySend(request);
        client.EndSending();
        tally.Note(client.ReadToEnd());
    }

    private static void Repeat(TimeSpan time, CancellationToken stop, Action action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < time && !stop.IsCancellationRequested)
        {
            action();
        }
    }

    private static void OnThreads(int count, Action action)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() => action(), 128 * 1024))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
