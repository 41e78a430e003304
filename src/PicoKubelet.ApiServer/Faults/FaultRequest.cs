namespace PicoKubelet.ApiServer.Faults;

/// <summary>What a fault rule sees of a request.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Query">The query with its question mark, or an empty string.</param>
/// <param name="UserAgent">The User-Agent, or an empty string.</param>
public sealed record FaultRequest(string Method, string Path, string Query, string UserAgent);
