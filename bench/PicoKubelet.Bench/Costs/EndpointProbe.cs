using System.Text;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Bench.Costs;

/// <summary>What a request to the node's port costs the firmware: its own code alone, over a connection in memory.</summary>
internal sealed class EndpointProbe : IClientConnection
{
    public const string Token = "bench-token";

    private const int WarmUp = 300;
    private const int Requests = 1000;

    private readonly byte[] _request;
    private readonly IRequestHandler _handler;
    private int _position;
    private int _status;

    private EndpointProbe(IRequestHandler handler, string path)
    {
        _handler = handler;
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {Token}\r\n\r\n");
    }

    /// <summary>Gets what there is to ask for.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "/healthz", "/healthz?verbose=1", "/readyz", "/pods", "/metrics", "/metrics/resource", "/stats/summary", "/spec",
        "/configz", "/pico/status", "/pico/memory", "/pico/gpio", "/exec/a/b/c", "/nowhere",
    ];

    public string Peer => "192.168.1.9";

    public long Deadline
    {
        set
        {
        }
    }

    public bool IsTrusted => false;

    public object? Client => null;

    public bool IsWanted => true;

    /// <summary>Gets the bytes of the last answer, head included.</summary>
    public int AnswerBytes { get; private set; }

    /// <summary>Measures an endpoint, twice: what leaves nothing behind has the same figure both times.</summary>
    public static EndpointCost Measure(BenchBoard board, string path)
    {
        EndpointProbe client = new(board.Server.CreateHandler(), path);
        client.Run(WarmUp);
        long first = client.Run(Requests);
        long second = client.Run(Requests);
        return new EndpointCost(path, client._status, client.AnswerBytes, first / Requests, second / Requests);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(count, _request.Length - _position);
        Array.Copy(_request, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        if (AnswerBytes == 0)
        {
            _status = ((buffer[offset + 9] - '0') * 100) + ((buffer[offset + 10] - '0') * 10) + buffer[offset + 11] - '0';
        }

        AnswerBytes += count;
    }

    public void Close()
    {
    }

    private long Run(int requests)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < requests; i++)
        {
            _position = 0;
            AnswerBytes = 0;
            _handler.Serve(this);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
