using PicoKubelet.Http;

namespace PicoKubelet.Api;

/// <summary>What the client did since the start. Written by the client's own loop, read by anyone.</summary>
public sealed class ApiStatistics
{
    /// <summary>Gets the number of requests that were sent, repeated ones included.</summary>
    public long Requests { get; internal set; }

    /// <summary>Gets the number of requests that did not succeed.</summary>
    public long Failures { get; internal set; }

    /// <summary>Gets the number of connections that were opened.</summary>
    public long Connections { get; internal set; }

    /// <summary>Gets the bytes of HTTP that were sent.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>Gets the bytes of HTTP that were received.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Gets when the API server last replied, be it to refuse, in the monotonic clock's milliseconds, or -1.</summary>
    public long LastReply { get; internal set; } = -1;

    /// <summary>Gets the replies by method and status code.</summary>
    public ReplyCounts Replies { get; } = new ReplyCounts();
}
