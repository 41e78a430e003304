using System.Globalization;
using System.Net.Http.Headers;

namespace PicoKubelet.Bench.Workloads;

/// <summary>Asks a board's port what of its heap is free beside its pods, and how far the program that counts is.</summary>
internal sealed class BoardProbe : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _client;
    private readonly string _counterPath;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;
    private long _least = long.MaxValue;

    /// <param name="port">The board's port.</param>
    /// <param name="token">The port's token.</param>
    /// <param name="counterPath">The path of the log of the program that counts.</param>
    public BoardProbe(Uri port, string token, string counterPath)
    {
        _counterPath = counterPath;
        _client = new HttpClient { BaseAddress = port, Timeout = TimeSpan.FromSeconds(5) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _task = Task.Run(RunAsync);
    }

    /// <summary>Takes the least free heap since the last call.</summary>
    /// <returns>Bytes, or null where the board never answered.</returns>
    public long? TakeLeastFreeHeap()
    {
        long least = Interlocked.Exchange(ref _least, long.MaxValue);
        return least == long.MaxValue ? null : least;
    }

    /// <summary>Reads the last number that was logged.</summary>
    /// <returns>The number, or null where there is none.</returns>
    public async Task<int?> FindCountAsync()
    {
        return await FindAsync(_counterPath + "?tailLines=1") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out int count) ? count : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _task;
        _client.Dispose();
        _stop.Dispose();
    }

    private static double Sum(string metrics, string name)
    {
        return metrics.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (await FindAsync("/metrics") is { } metrics && metrics.Contains("node_memory_free_bytes ", StringComparison.Ordinal))
            {
                // A virtual board's heap is a figure of its model, of which its pods take nothing: that is reckoned here.
                long free = (long)(Sum(metrics, "node_memory_free_bytes") - Sum(metrics, "container_memory_working_set_bytes"));
                Interlocked.Exchange(ref _least, Math.Min(free, Interlocked.Read(ref _least)));
            }

            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> FindAsync(string path)
    {
        try
        {
            return await _client.GetStringAsync(path, _stop.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            // The board is off, or its network is.
            return null;
        }
    }
}
