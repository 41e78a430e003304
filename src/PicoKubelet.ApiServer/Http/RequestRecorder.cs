using Microsoft.AspNetCore.Http;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Tells of every request that was served.</summary>
internal sealed class RequestRecorder(RequestDelegate next, TimeProvider time, Action<ServedRequest> tell)
{
    public async Task HandleAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
            if (!context.RequestAborted.IsCancellationRequested)
            {
                // So that the whole reply is on the connection, and counted.
                await context.Response.CompleteAsync();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection broke, by itself or by a fault.
            context.Abort();
        }
        finally
        {
            Tell(context, time.GetElapsedTime(start));
        }
    }

    private void Tell(HttpContext context, TimeSpan duration)
    {
        var request = context.Request;
        var (bytesIn, bytesOut) = context.Features.Get<ConnectionTap>()!.TakeCounts();
        tell(new ServedRequest(
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            request.Headers.UserAgent.ToString(),
            request.ContentType ?? "",
            context.Response.HasStarted ? context.Response.StatusCode : 0,
            bytesIn,
            bytesOut,
            duration,
            context.Connection.Id,
            time.GetUtcNow()));
    }
}
