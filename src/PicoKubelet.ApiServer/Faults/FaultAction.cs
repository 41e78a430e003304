using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>What happens to a request that a <see cref="FaultRule"/> picked.</summary>
public sealed class FaultAction
{
    private static readonly byte[] GarbageBody = "<html><body><h1>Bad gateway</h1>\0\u0001{\"kind\":"u8.ToArray();

    private FaultAction(string name, Func<FaultScene, Task> apply)
    {
        Name = name;
        Apply = apply;
    }

    /// <summary>The action in words, for logs.</summary>
    public string Name { get; }

    internal Func<FaultScene, Task> Apply { get; }

    /// <summary>Answers with a status and a Status body, and does nothing that was asked for.</summary>
    /// <param name="code">The HTTP status.</param>
    /// <param name="retryAfterSeconds">The Retry-After header.</param>
    /// <param name="reason">The Status' reason; by default the one that Kubernetes uses with the code.</param>
    /// <param name="message">The Status' message.</param>
    public static FaultAction Status(int code, int? retryAfterSeconds = null, string? reason = null, string? message = null)
    {
        var status = Failures.Status(code, reason ?? ReasonOf(code), message ?? $"injected fault {code}");
        return Reply(code, JsonWriting.ToUtf8(status), "application/json", retryAfterSeconds);
    }

    /// <summary>Answers with a status and any body, and does nothing that was asked for.</summary>
    public static FaultAction Reply(int code, ReadOnlyMemory<byte> body, string contentType = "application/json", int? retryAfterSeconds = null) =>
        new($"reply {code}", scene => scene.ReplyAsync(code, body, contentType, retryAfterSeconds));

    /// <summary>Answers 200 (or another status) with a body that is neither JSON nor text.</summary>
    public static FaultAction Garbage(int code = 200) => Reply(code, GarbageBody);

    /// <summary>Answers 200 with a well-formed object of about that many bytes.</summary>
    public static FaultAction HugeBody(int bytes) => new($"huge body {bytes}", scene =>
    {
        var huge = new JsonObject { ["kind"] = "Node", ["apiVersion"] = "v1", ["filler"] = new string('x', bytes) };
        return scene.ReplyAsync(200, JsonWriting.ToUtf8(huge), "application/json", null);
    });

    /// <summary>Waits, then goes on: with another action, or as if nothing had been.</summary>
    public static FaultAction Delay(TimeSpan delay, FaultAction? then = null) => new($"delay {delay}", async scene =>
    {
        await scene.WaitAsync(delay);
        await (then ?? PassThrough).Apply(scene);
    });

    /// <summary>Serves the request as if there were no rule; with <c>skip</c> and <c>times</c> it makes gaps.</summary>
    public static FaultAction PassThrough { get; } = new("pass through", scene => scene.ServeAsync());

    /// <summary>Takes the request and never answers, until the client closes or <see cref="FaultInjector.Release"/>.</summary>
    public static FaultAction NeverAnswer { get; } = new("never answer", scene => scene.WaitAsync(Timeout.InfiniteTimeSpan));

    /// <summary>Closes the connection without a reply; the request is not carried out.</summary>
    /// <param name="reset">With a TCP reset rather than a FIN.</param>
    public static FaultAction CutBeforeReply(bool reset = false) =>
        new("cut before reply", scene => scene.EndAsync(ReadOnlyMemory<byte>.Empty, reset));

    /// <summary>Carries the request out, and then closes the connection without a reply.</summary>
    /// <param name="reset">With a TCP reset rather than a FIN.</param>
    public static FaultAction CutAfterServing(bool reset = false) => new("cut after serving", async scene =>
    {
        await scene.CaptureAsync();
        await scene.EndAsync(ReadOnlyMemory<byte>.Empty, reset);
    });

    /// <summary>Carries the request out, sends the first bytes of the reply's head, and closes the connection.</summary>
    /// <param name="bytes">How much of the head is sent.</param>
    /// <param name="reset">With a TCP reset rather than a FIN.</param>
    public static FaultAction CutHead(int bytes, bool reset = false) => new($"cut head after {bytes}", async scene =>
    {
        var reply = await scene.CaptureAsync();
        await scene.EndAsync(reply.Head.AsMemory(0, Math.Min(bytes, reply.Head.Length - 1)), reset);
    });

    /// <summary>
    /// Carries the request out, sends the reply's head (with the full Content-Length) and the first bytes of its body, and
    /// closes the connection.
    /// </summary>
    /// <param name="bytes">How much of the body is sent.</param>
    /// <param name="reset">With a TCP reset rather than a FIN.</param>
    public static FaultAction CutBody(int bytes, bool reset = false) => new($"cut body after {bytes}", async scene =>
    {
        var reply = await scene.CaptureAsync();
        byte[] sent = [.. reply.Head, .. reply.Body.AsSpan(0, Math.Min(bytes, reply.Body.Length))];
        await scene.EndAsync(sent, reset);
    });

    /// <summary>Carries the request out, and closes the connection in the middle of a chunk of a chunked reply.</summary>
    /// <param name="bytes">How much of the body is sent.</param>
    public static FaultAction CutChunk(int bytes) => new($"cut chunk after {bytes}", async scene =>
    {
        var reply = await scene.CaptureAsync();
        byte[] sent = [.. reply.ChunkedHead, .. Encoding.ASCII.GetBytes($"{reply.Body.Length:x}\r\n"), .. reply.Body.AsSpan(0, Math.Min(bytes, reply.Body.Length))];
        await scene.EndAsync(sent, reset: false);
    });

    /// <summary>Carries the request out, and answers with the first bytes of the body alone, correctly framed.</summary>
    /// <param name="bytes">How much of the body is sent.</param>
    public static FaultAction TruncatedJson(int bytes) => new($"truncated JSON {bytes}", async scene =>
    {
        var reply = await scene.CaptureAsync();
        await scene.ReplyAsync(reply.Status, reply.Body.AsMemory(0, Math.Min(bytes, reply.Body.Length)), "application/json", null);
    });

    /// <summary>Carries the request out, and answers in chunks rather than with a Content-Length.</summary>
    /// <param name="chunkSize">The size of each chunk.</param>
    /// <param name="pause">How long to wait between chunks.</param>
    public static FaultAction Chunked(int chunkSize, TimeSpan pause = default) => new($"chunks of {chunkSize}", async scene =>
    {
        var reply = await scene.CaptureAsync();
        await scene.ReplyChunkedAsync(reply, chunkSize, pause);
    });

    /// <summary>Carries the request out, and closes the connection behind a reply without Content-Length, which so ends it.</summary>
    public static FaultAction UntilClose { get; } = new("until close", async scene =>
    {
        var reply = await scene.CaptureAsync();
        await scene.EndAsync((byte[])[.. reply.UnframedHead, .. reply.Body], reset: false);
    });

    /// <summary>Sends these bytes instead of a reply, and closes the connection.</summary>
    /// <param name="bytes">Anything: not even HTTP.</param>
    public static FaultAction Raw(ReadOnlyMemory<byte> bytes) => new("raw", scene => scene.EndAsync(bytes, reset: false));

    /// <inheritdoc />
    public override string ToString() => Name;

    private static string? ReasonOf(int code) => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 => "Conflict",
        410 => "Expired",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => null,
    };
}
