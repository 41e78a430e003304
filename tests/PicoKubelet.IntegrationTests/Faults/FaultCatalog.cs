using System.Text;

namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>The ways in which a server, or the network before it, may fail a board.</summary>
internal static class FaultCatalog
{
    /// <summary>As it should be.</summary>
    public static async Task<bool> None(Exchange exchange)
    {
        await exchange.SendAsync((await exchange.FetchAsync()).Whole());
        return true;
    }

    /// <summary>The connection is reset instead of a reply.</summary>
    public static Task<bool> Reset(Exchange exchange)
    {
        // Closing with data that the peer is not waited for to take sends RST.
        exchange.Client.LingerState = new(enable: true, seconds: 0);
        return Task.FromResult(false);
    }

    /// <summary>No reply ever, and the connection stays: a peer that vanished.</summary>
    public static async Task<bool> Silence(Exchange exchange)
    {
        await Task.Delay(Timeout.Infinite, exchange.Stopping);
        return false;
    }

    /// <summary>A right reply, after which the server closes the connection without having said that it would.</summary>
    public static async Task<bool> CloseAfterwards(Exchange exchange)
    {
        await None(exchange);
        return false;
    }

    /// <summary>A right reply in chunks of seven bytes.</summary>
    public static async Task<bool> Chunked(Exchange exchange)
    {
        Reply reply = await exchange.FetchAsync();
        using MemoryStream bytes = new();
        bytes.Write(reply.Head("Transfer-Encoding: chunked"));
        foreach (byte[] chunk in reply.Body.Chunk(7))
        {
            bytes.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x};extension=1\r\n"));
            bytes.Write(chunk);
            bytes.Write("\r\n"u8);
        }

        bytes.Write("0\r\n\r\n"u8);
        await exchange.SendAsync(bytes.ToArray());
        return true;
    }

    /// <summary>A right reply that ends where the connection does.</summary>
    public static async Task<bool> UntilClose(Exchange exchange)
    {
        Reply reply = await exchange.FetchAsync();
        await exchange.SendAsync(reply.Head("Connection: close"));
        await exchange.SendAsync(reply.Body);
        return false;
    }

    /// <summary>A right reply that comes in small pieces with pauses.</summary>
    public static async Task<bool> Slow(Exchange exchange)
    {
        foreach (byte[] piece in (await exchange.FetchAsync()).Whole().Chunk(32))
        {
            await exchange.SendAsync(piece);
            await Task.Delay(10, exchange.Stopping);
        }

        return true;
    }

    /// <summary>A right reply's first half, then the end of the connection.</summary>
    public static async Task<bool> Truncated(Exchange exchange)
    {
        byte[] reply = (await exchange.FetchAsync()).Whole();
        await exchange.SendAsync(reply.AsMemory(0, reply.Length / 2));
        return false;
    }

    /// <summary>A good status with a body that is no JSON.</summary>
    public static Fault Garbage { get; } = Answer(new Reply(200, "{]\"\u0001 <html>"u8.ToArray(), ("Content-Type", "application/json")));

    /// <summary>Bytes that are no HTTP.</summary>
    public static async Task<bool> NoHttp(Exchange exchange)
    {
        await exchange.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\0\0\0\r\n\r\n"u8.ToArray());
        return false;
    }

    /// <summary>A right reply with 300 KB that nobody asked for: before what was asked for, in protobuf, whose fields have an order, after it.</summary>
    public static async Task<bool> Huge(Exchange exchange)
    {
        Reply reply = await exchange.FetchAsync();
        if (reply.Body.AsSpan().StartsWith("k8s\0"u8))
        {
            // A field that nobody knows, of 2^18 bytes.
            byte[] field = [0x7A, 0x80, 0x80, 0x10, .. new byte[1 << 18]];
            await exchange.SendAsync((reply with { Body = [.. reply.Body, .. field] }).Whole());
            return true;
        }

        string body = Encoding.UTF8.GetString(reply.Body);
        string padding = string.Concat(Enumerable.Repeat("""{"manager":"\u00e9\ud83d\ude00","f:x":[1,2.5e3,null,{}]},""", 5000));
        byte[] padded = Encoding.UTF8.GetBytes($$"""{"padding":[{{padding}}{}],"long":"{{new string('x', 50_000)}}",""" + body[1..]);
        await exchange.SendAsync((reply with { Body = padded }).Whole());
        return true;
    }

    /// <summary>A server that knows plain JSON alone: whole objects for whoever takes them too, otherwise 406.</summary>
    public static async Task<bool> WholeObjects(Exchange exchange)
    {
        RecordedRequest request = exchange.Request;
        bool takesWhole = request.Header("Accept").Split(',').Any(type => type.Trim() is "application/json" or "*/*");
        Dictionary<string, string> headers = new(request.Headers, StringComparer.OrdinalIgnoreCase) { ["Accept"] = "application/json" };
        Reply reply = takesWhole
            ? await exchange.ForwardAsync(request with { Headers = headers })
            : Reply.Failure(406, "NotAcceptable");
        await exchange.SendAsync(reply.Whole());
        return true;
    }

    /// <summary>A fixed reply; the cluster does not see the request.</summary>
    public static Fault Answer(Reply reply)
    {
        return async exchange =>
        {
            await exchange.SendAsync(reply.Whole());
            return true;
        };
    }
}
