using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PicoKubelet.ApiServer.Http;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>One request in the hands of a <see cref="FaultAction"/>.</summary>
internal sealed class FaultScene(HttpContext context, RequestDelegate serve, TimeProvider time, CancellationToken released)
{
    /// <summary>Serves the request as usual.</summary>
    public Task ServeAsync() => serve(context);

    /// <summary>Serves the request and keeps the reply. Not for watches, which do not end.</summary>
    public async Task<CapturedReply> CaptureAsync()
    {
        var real = context.Features.Get<IHttpResponseBodyFeature>()!;
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await serve(context);
        }
        finally
        {
            context.Features.Set(real);
        }
        return CapturedReply.Of(context.Response, body.ToArray(), time.GetUtcNow());
    }

    /// <summary>Replies with a body, framed by its length.</summary>
    public async Task ReplyAsync(int status, ReadOnlyMemory<byte> body, string contentType, int? retryAfterSeconds)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        await response.Body.WriteAsync(body);
    }

    /// <summary>Replies in chunks.</summary>
    public async Task ReplyChunkedAsync(CapturedReply reply, int chunkSize, TimeSpan pause)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentLength = null;
        foreach (var chunk in reply.Body.Chunk(chunkSize))
        {
            await response.Body.WriteAsync(chunk);
            await response.Body.FlushAsync();
            if (pause > TimeSpan.Zero)
            {
                await WaitAsync(pause);
            }
        }
    }

    /// <summary>Waits, but no longer than the client or the injector does.</summary>
    public async Task WaitAsync(TimeSpan delay)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, released);
        try
        {
            await Task.Delay(delay, time, both.Token);
        }
        catch (OperationCanceledException) when (delay != Timeout.InfiniteTimeSpan && released.IsCancellationRequested)
        {
            // Released early: goes on.
        }
    }

    /// <summary>Sends bytes as they are and ends the connection.</summary>
    public async Task EndAsync(ReadOnlyMemory<byte> lastBytes, bool reset)
    {
        await context.Features.Get<ConnectionTap>()!.EndAsync(lastBytes, reset, context.RequestAborted);
        context.Abort();
    }
}
