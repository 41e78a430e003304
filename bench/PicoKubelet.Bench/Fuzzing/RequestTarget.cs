using System.Text;
using PicoKubelet.Bench.Simulation;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The kubelet's port: each request gets one answer that is one, whoever has no token learns nothing, and nothing escapes.</summary>
internal sealed class RequestTarget : FuzzTarget
{
    // Reads go on for a while after an answer that came before its request's end, a few bytes at a time.
    private const int MoreReads = 300;

    private static readonly byte[] Token = Encoding.ASCII.GetBytes(VirtualNode.KubeletToken);
    private static readonly string[] Paths =
    [
        "/healthz", "/livez?verbose=1", "/readyz", "/pods", "/metrics", "/metrics/resource", "/stats/summary", "/spec", "/configz", "/pico/status",
        "/pico/memory", "/pico/gpio", "/exec/a/b", "/nowhere",
    ];

    private readonly VirtualNode _node = new(1);
    private readonly VirtualClient _client = new(64 * 1024);
    private readonly IRequestHandler _handler;

    public RequestTarget()
    {
        _node.Run(60_000);
        _handler = _node.Firmware.Kubelet.CreateHandler();
    }

    public override string Name => "request";

    public override FuzzGrammar Grammar => FuzzGrammar.Lines;

    public override int MaxAllocation => 16 * 1024;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. Paths.Select(path => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: node:10250\r\nUser-Agent: curl/8\r\nAccept: */*\r\nAuthorization: Bearer {VirtualNode.KubeletToken}\r\n\r\n")),
        "GET /healthz HTTP/1.0\r\n\r\n"u8.ToArray(),
        "HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(),
        "GET http://node/pods?x=%41 HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(),
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(),
        Encoding.ASCII.GetBytes($"POST /pico/command HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 49\r\n"
            + $"Authorization: Bearer {VirtualNode.KubeletToken}\r\n\r\n{{\"command\":\"set_pin\",\"params\":{{\"pin\":2,\"level\":1}}}}"),
        Encoding.ASCII.GetBytes($"POST /pico/command HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + $"Authorization: Bearer {VirtualNode.KubeletToken}\r\n\r\n5;x=1\r\n{{\"com\r\n2a\r\nmand\":\"set_pin\",\"params\":{{\"pin\":2,\"level\":1}}\r\n1\r\n}}\r\n0\r\nA: b\r\n\r\n"),
        "GET /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer wrong\r\n\r\nGET /pods HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "BREW ", " HTTP/1.1\r\n", " HTTP/2.0\r\n", "Host: a\r\n", "Content-Length: 5\r\n",
            "Content-Length: -1\r\n", "Content-Length: 99999999999\r\n", "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip\r\n", "Expect: 100-continue\r\n", "Expect: x\r\n", "Connection: close\r\n", "Authorization: Bearer x\r\n",
            "Authorization: Basic eDp5\r\n", "\r\n\r\n", "\r\n ", "\r", "\n", "%2e%2e/", "/../", "%00", "%2f", "//",
            "http://", "/pods", "/metrics", "/pico/command", "?verbose=1", "0\r\n\r\n", "ffffffff\r\n", "\u00e4", ": ", "\t",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override long Feed(byte[] input, int pieceSize)
    {
        _client.Reset(input, pieceSize);
        _node.Time.Wait(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _handler.Serve(_client);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _node.Device.Log.Clear();
        Require(_client.Reads <= input.Length + MoreReads, $"{_client.Reads} reads of {input.Length} bytes");
        ReadOnlySpan<byte> answer = _client.Answer;
        if (answer.IsEmpty)
        {
            Require(input.AsSpan().IndexOfAnyExcept("\r\n"u8) < 0, "no answer");
            return allocated;
        }

        int status = AnswerCheck.Check(answer, isHead: IsHead(input));
        Accepted += status < 300 ? 1 : 0;
        Require(answer.IndexOf(Token) < 0, "tells the token");
        Require(status >= 300 || input.AsSpan().IndexOf(Token) >= 0 || IsOpen(input), $"{status} without the token");
        return allocated;
    }

    // Empty lines in front are passed over.
    private static bool IsHead(byte[] input) => input.AsSpan().TrimStart("\r\n"u8).StartsWith("HEAD "u8);

    private static bool IsOpen(byte[] input)
    {
        ReadOnlySpan<byte> line = input.AsSpan().TrimStart("\r\n"u8);
        int end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        string path = Uri.UnescapeDataString(Encoding.Latin1.GetString(line));
        return path.Contains("/healthz", StringComparison.Ordinal) || path.Contains("/livez", StringComparison.Ordinal) || path.Contains("/readyz", StringComparison.Ordinal);
    }
}
