namespace PicoKubelet.Tests.Api;

/// <summary>Replies as an API server sends them.</summary>
internal static class Replies
{
    public static string Ok(string body)
    {
        return Of("200 OK", "Content-Type: application/json\r\n", body);
    }

    /// <summary>A reply with a length.</summary>
    /// <param name="status">Code and words.</param>
    /// <param name="headers">More headers, each with its end of line.</param>
    /// <param name="body">The body, ASCII.</param>
    public static string Of(string status, string headers, string body)
    {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.Length.ToString() + "\r\n\r\n" + body;
    }

    /// <summary>A failure with a Status object.</summary>
    public static string Failure(string status, string reason, string message, string details = "{}", string headers = "")
    {
        string body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"" + message
            + "\",\"reason\":\"" + reason + "\",\"details\":" + details + ",\"code\":" + status.Substring(0, 3) + "}\n";
        return Of(status, "Content-Type: application/json\r\n" + headers, body);
    }
}
