namespace PicoKubelet.Http.Server;

/// <summary>The status codes that this board answers with (RFC 9110 section 15, RFC 6585), and nothing else: those of the kubelet's port are the values of a metric's label.</summary>
public static class HttpStatus
{
    /// <summary>The request was done.</summary>
    public const int Ok = 200;

    /// <summary>What was asked for has begun.</summary>
    public const int Accepted = 202;

    /// <summary>It is elsewhere.</summary>
    public const int Found = 302;

    /// <summary>The request is malformed.</summary>
    public const int BadRequest = 400;

    /// <summary>The request does not show who it comes from.</summary>
    public const int Unauthorized = 401;

    /// <summary>Whoever asks may not.</summary>
    public const int Forbidden = 403;

    /// <summary>There is no such thing.</summary>
    public const int NotFound = 404;

    /// <summary>There is such a thing, and it has no such method.</summary>
    public const int MethodNotAllowed = 405;

    /// <summary>The request did not arrive in time.</summary>
    public const int RequestTimeout = 408;

    /// <summary>Something else is in the way.</summary>
    public const int Conflict = 409;

    /// <summary>The body is larger than its bound.</summary>
    public const int ContentTooLarge = 413;

    /// <summary>The request line is longer than its bound.</summary>
    public const int UriTooLong = 414;

    /// <summary>The body is of another kind.</summary>
    public const int UnsupportedMediaType = 415;

    /// <summary>What the client expects is not known.</summary>
    public const int ExpectationFailed = 417;

    /// <summary>The body can be read, and says something that is wrong.</summary>
    public const int UnprocessableContent = 422;

    /// <summary>Too many came before it.</summary>
    public const int TooManyRequests = 429;

    /// <summary>The headers are larger than their bound.</summary>
    public const int HeadersTooLarge = 431;

    /// <summary>It failed on this side.</summary>
    public const int InternalError = 500;

    /// <summary>This board can not do it.</summary>
    public const int NotImplemented = 501;

    /// <summary>Not now.</summary>
    public const int Unavailable = 503;

    /// <summary>The version of HTTP is not known.</summary>
    public const int VersionNotSupported = 505;

    /// <summary>Gets a code's phrase.</summary>
    /// <param name="code">The status code.</param>
    /// <returns>The phrase; that of 500 for a code that is not listed.</returns>
    public static string Phrase(int code)
    {
        // Not an array: it and its strings would stay on the heap for ever, and an answer needs one of them for a moment.
        return code switch
        {
            Ok => "OK",
            Accepted => "Accepted",
            Found => "Found",
            BadRequest => "Bad Request",
            Unauthorized => "Unauthorized",
            Forbidden => "Forbidden",
            NotFound => "Not Found",
            MethodNotAllowed => "Method Not Allowed",
            RequestTimeout => "Request Timeout",
            Conflict => "Conflict",
            ContentTooLarge => "Content Too Large",
            UriTooLong => "URI Too Long",
            UnsupportedMediaType => "Unsupported Media Type",
            ExpectationFailed => "Expectation Failed",
            UnprocessableContent => "Unprocessable Content",
            TooManyRequests => "Too Many Requests",
            HeadersTooLarge => "Request Header Fields Too Large",
            NotImplemented => "Not Implemented",
            Unavailable => "Service Unavailable",
            VersionNotSupported => "HTTP Version Not Supported",
            _ => "Internal Server Error",
        };
    }
}
