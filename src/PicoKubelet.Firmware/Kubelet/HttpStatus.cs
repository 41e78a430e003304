namespace PicoKubelet.Kubelet;

/// <summary>The status codes that this board answers with, and nothing else: those of the kubelet's port are the values of a metric's label.</summary>
internal static class HttpStatus
{
    public const int Ok = 200;
    public const int Accepted = 202;
    public const int Found = 302;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    public const int NotFound = 404;
    public const int MethodNotAllowed = 405;
    public const int RequestTimeout = 408;
    public const int Conflict = 409;
    public const int ContentTooLarge = 413;
    public const int UriTooLong = 414;
    public const int UnsupportedMediaType = 415;
    public const int ExpectationFailed = 417;
    public const int UnprocessableContent = 422;
    public const int TooManyRequests = 429;
    public const int HeadersTooLarge = 431;
    public const int InternalError = 500;
    public const int NotImplemented = 501;
    public const int Unavailable = 503;
    public const int VersionNotSupported = 505;

    /// <summary>Gets a code's phrase (RFC 9110 section 15, RFC 6585).</summary>
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
