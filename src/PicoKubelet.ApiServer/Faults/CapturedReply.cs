using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>A reply that was made but not sent.</summary>
internal sealed class CapturedReply(int status, string headers, byte[] body)
{
    public int Status { get; } = status;

    public byte[] Body { get; } = body;

    /// <summary>The head with the body's length.</summary>
    public byte[] Head => MakeHead($"Content-Length: {Body.Length}\r\n");

    /// <summary>The head of a chunked reply.</summary>
    public byte[] ChunkedHead => MakeHead("Transfer-Encoding: chunked\r\n");

    /// <summary>The head of a reply that ends with the connection.</summary>
    public byte[] UnframedHead => MakeHead("Connection: close\r\n");

    public static CapturedReply Of(HttpResponse response, byte[] body, DateTimeOffset now)
    {
        var headers = new StringBuilder($"Date: {now:R}\r\n");
        foreach (var (name, value) in response.Headers)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                headers.Append($"{name}: {value}\r\n");
            }
        }
        return new CapturedReply(response.StatusCode, headers.ToString(), body);
    }

    private byte[] MakeHead(string framing) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} {ReasonPhrases.GetReasonPhrase(Status)}\r\n{headers}{framing}\r\n");
}
