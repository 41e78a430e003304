namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>A request that a board sent.</summary>
/// <param name="At">When its head had arrived, since the proxy began.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with the query.</param>
/// <param name="Headers">Its headers, by name without regard to case.</param>
/// <param name="Body">Its body.</param>
internal sealed record RecordedRequest(
    TimeSpan At,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    /// <summary>Gets a header's value.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value; empty where the request has none of that name.</returns>
    public string Header(string name)
    {
        return Headers.TryGetValue(name, out string? value) ? value : string.Empty;
    }
}
