using System.Globalization;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Http;

/// <summary>watch: one JSON document a line, until the client goes, the timeout comes or the history is lost.</summary>
internal sealed class WatchHandler(ObjectStore store, ObjectWriter writer, TimeProvider time, CancellationToken stopping)
{
    // The real server's watch timeout is random between 30 and 60 minutes; bookmarks come about once a minute.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    public async Task WatchAsync(ApiCall call)
    {
        var selector = ReadHandler.Selector(call);
        if (call.Query("sendInitialEvents").Length > 0)
        {
            throw Failures.NoInitialEvents();
        }
        var after = Versions.Parse(call.Query("resourceVersion"));
        using var timeout = new CancellationTokenSource(Timeout(call), time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Context.RequestAborted, stopping);
        using var subscription = store.Subscribe(call.Type, after, out var present, out var reached);

        var response = call.Context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";
        var stream = new WatchStream(call, writer, selector, response);
        // The head goes out at once, so that the client knows that the watch stands.
        await response.StartAsync(ended.Token);
        await response.Body.FlushAsync(ended.Token);
        if (subscription is null)
        {
            await stream.SendErrorAsync(Failures.Expired($"too old resource version: {after} ({reached})"));
            return;
        }
        try
        {
            foreach (var change in present)
            {
                await stream.SendAsync(change);
            }
            await FollowAsync(call, stream, subscription, reached, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The timeout, the client or the server's end: all are a watch's normal end.
        }
    }

    private async Task FollowAsync(ApiCall call, WatchStream stream, Subscription subscription, long reached, CancellationToken ended)
    {
        using var bookmarks = new PeriodicTimer(BookmarkInterval, time);
        var wantsBookmarks = call.Query("allowWatchBookmarks") is "true" or "1";
        var tick = bookmarks.WaitForNextTickAsync(ended).AsTask();
        while (true)
        {
            var more = subscription.Events.WaitToReadAsync(ended).AsTask();
            if (wantsBookmarks && await Task.WhenAny(more, tick) == tick)
            {
                await tick;
                // Whatever is still queued is newer than this.
                await stream.SendBookmarkAsync(Math.Max(reached, stream.ResourceVersion));
                tick = bookmarks.WaitForNextTickAsync(ended).AsTask();
            }
            if (!await more)
            {
                return;
            }
            while (subscription.Events.TryRead(out var change))
            {
                reached = change.ResourceVersion;
                await stream.SendAsync(change);
            }
        }
    }

    private static TimeSpan Timeout(ApiCall call) =>
        long.TryParse(call.Query("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : DefaultTimeout;
}
