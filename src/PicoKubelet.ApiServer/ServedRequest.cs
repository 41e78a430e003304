namespace PicoKubelet.ApiServer;

/// <summary>A request that was served, told after its reply's last byte.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Query">The query with its question mark, or an empty string.</param>
/// <param name="UserAgent">The User-Agent, or an empty string.</param>
/// <param name="ContentType">The request's Content-Type, or an empty string.</param>
/// <param name="Status">The reply's HTTP status; 0 when the connection ended without one.</param>
/// <param name="BytesIn">What the request had on the connection: request line, headers and body (without TLS' share).</param>
/// <param name="BytesOut">What the reply had on the connection: status line, headers and body (without TLS' share).</param>
/// <param name="Duration">From the request's head to the reply's end, by the options' clock.</param>
/// <param name="ConnectionId">Tells connections apart: equal for requests on one kept-alive connection.</param>
/// <param name="At">When it was served, by the options' clock.</param>
public sealed record ServedRequest(
    string Method,
    string Path,
    string Query,
    string UserAgent,
    string ContentType,
    int Status,
    long BytesIn,
    long BytesOut,
    TimeSpan Duration,
    string ConnectionId,
    DateTimeOffset At);
