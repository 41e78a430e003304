using System.Text;

namespace PicoKubelet.Bench.Simulation;

/// <summary>What the network and the API server do to the board.</summary>
/// <param name="Connect">What becomes of a connection.</param>
/// <param name="Reply">What becomes of a request, given how to have it answered.</param>
internal sealed record WireFault(WireConnect Connect, Func<Func<(byte[] Bytes, int Status)>, WireReply> Reply)
{
    /// <summary>None: everything is served.</summary>
    public static readonly WireFault None = new(WireConnect.Accept, Served);

    /// <summary>Nobody listens, and what was open is reset.</summary>
    public static readonly WireFault Refused = new(WireConnect.Refuse, _ => WireReply.Nothing(WireEnd.Reset));

    /// <summary>Packets vanish: connections are not answered at all.</summary>
    public static readonly WireFault BlackHole = new(WireConnect.Silence, _ => WireReply.Nothing(WireEnd.Silence));

    /// <summary>The port is open and nobody is behind it.</summary>
    public static readonly WireFault HalfOpen = new(WireConnect.SilentHandshake, _ => WireReply.Nothing(WireEnd.Silence));

    /// <summary>Requests are taken and never answered.</summary>
    public static readonly WireFault NeverAnswers = new(WireConnect.Accept, _ => WireReply.Nothing(WireEnd.Silence));

    /// <summary>Each request is answered by a reset.</summary>
    public static readonly WireFault Resets = new(WireConnect.Accept, _ => WireReply.Nothing(WireEnd.Reset));

    /// <summary>Each reply breaks off in its middle; what it answers was done.</summary>
    public static readonly WireFault MidReply = new(WireConnect.Accept, serve =>
    {
        var (bytes, status) = serve();
        return new WireReply(bytes[..(bytes.Length / 2)], status, 0, WireEnd.Reset);
    });

    /// <summary>Each reply comes late; what it answers was done at once.</summary>
    public static WireFault Slow(int milliseconds) => new(WireConnect.Accept, serve =>
    {
        var (bytes, status) = serve();
        return new WireReply(bytes, status, milliseconds, WireEnd.KeepAlive);
    });

    /// <summary>Each request is answered by a failure.</summary>
    public static WireFault Failure(int status, string reason, int? retryAfterSeconds = null)
    {
        string body = $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"injected","reason":"{{reason}}","code":{{status}}}""";
        string retryAfter = retryAfterSeconds is null ? "" : $"Retry-After: {retryAfterSeconds}\r\n";
        byte[] reply = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\n{retryAfter}Content-Length: {body.Length}\r\n\r\n{body}");
        return new WireFault(WireConnect.Accept, _ => new WireReply(reply, status, 0, WireEnd.KeepAlive));
    }

    private static WireReply Served(Func<(byte[] Bytes, int Status)> serve)
    {
        var (bytes, status) = serve();
        return new WireReply(bytes, status, 0, WireEnd.KeepAlive);
    }
}
