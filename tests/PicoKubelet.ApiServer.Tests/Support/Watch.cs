using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Tests.Support;

/// <summary>An open watch.</summary>
internal sealed class Watch(HttpResponseMessage message, StreamReader lines) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public int Code => (int)message.StatusCode;

    /// <summary>The next event, or null at the watch's end.</summary>
    public async Task<JsonNode?> NextAsync() =>
        await lines.ReadLineAsync().WaitAsync(Limit) is { } line ? JsonNode.Parse(line) : null;

    /// <summary>The next event as "TYPE name".</summary>
    public async Task<string?> NextTextAsync() =>
        await NextAsync() is { } change ? $"{change["type"]} {change["object"]!["metadata"]!["name"]}" : null;

    public void Dispose()
    {
        lines.Dispose();
        message.Dispose();
    }
}
