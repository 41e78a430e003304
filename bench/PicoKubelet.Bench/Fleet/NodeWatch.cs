using System.Text.Json;

namespace PicoKubelet.Bench.Fleet;

/// <summary>Watches the Nodes, as the API server has them: which are Ready, and which have been and are no more.</summary>
internal sealed class NodeWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _admin;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, bool> _ready = [];
    private readonly Task _task;
    private int _lost;

    public NodeWatch(HttpClient admin)
    {
        _admin = admin;
        _task = Task.Run(RunAsync);
    }

    /// <summary>Gets how many nodes are Ready.</summary>
    public int ReadyCount
    {
        get
        {
            lock (_ready)
            {
                return _ready.Count(pair => pair.Value);
            }
        }
    }

    /// <summary>Gets how often a node was Ready and then was not.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Waits until so many nodes are Ready.</summary>
    /// <returns>Whether they were in time.</returns>
    public async Task<bool> WaitAsync(int count, TimeSpan timeout, CancellationToken stop = default)
    {
        long end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (ReadyCount < count && Environment.TickCount64 < end)
        {
            await Task.Delay(Pause, stop);
        }

        return ReadyCount >= count;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await FollowAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException)
            {
                // The API server went away: begin again, with all that there is.
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task FollowAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/nodes?watch=1");
        using HttpResponseMessage response = await _admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        response.EnsureSuccessStatusCode();
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(_stop.Token));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Take(document.RootElement);
        }
    }

    private void Take(JsonElement change)
    {
        JsonElement node = change.GetProperty("object");
        if (!node.TryGetProperty("metadata", out JsonElement metadata) || !metadata.TryGetProperty("name", out JsonElement name))
        {
            return;
        }

        bool isReady = change.GetProperty("type").GetString() != "DELETED" && IsReady(node);
        lock (_ready)
        {
            if (_ready.GetValueOrDefault(name.GetString()!) && !isReady)
            {
                _lost++;
            }

            _ready[name.GetString()!] = isReady;
        }
    }

    private static bool IsReady(JsonElement node)
    {
        return node.TryGetProperty("status", out JsonElement status)
            && status.TryGetProperty("conditions", out JsonElement conditions)
            && conditions.EnumerateArray().Any(condition => condition.GetProperty("type").GetString() == "Ready" && condition.GetProperty("status").GetString() == "True");
    }
}
