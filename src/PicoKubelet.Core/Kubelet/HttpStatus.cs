namespace PicoKubelet.Kubelet;

/// <summary>The status codes that the kubelet's port answers with, and nothing else: they are the values of a metric's label.</summary>
internal static class HttpStatus
{
    public const int Ok = 200;
    public const int Accepted = 202;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
    public const int NotFound = 404;
    public const int MethodNotAllowed = 405;
    public const int RequestTimeout = 408;
    public const int Conflict = 409;
    public const int ContentTooLarge = 413;
    public const int UriTooLong = 414;
    public const int ExpectationFailed = 417;
    public const int TooManyRequests = 429;
    public const int HeadersTooLarge = 431;
    public const int InternalError = 500;
    public const int NotImplemented = 501;
    public const int Unavailable = 503;
    public const int VersionNotSupported = 505;

    private static readonly int[] Codes =
    {
        Ok, Accepted, BadRequest, Unauthorized, NotFound, MethodNotAllowed, RequestTimeout, Conflict, ContentTooLarge,
        UriTooLong, ExpectationFailed, TooManyRequests, HeadersTooLarge, InternalError, NotImplemented, Unavailable, VersionNotSupported,
    };

    // RFC 9110 section 15, RFC 6585.
    private static readonly string[] Phrases =
    {
        "OK", "Accepted", "Bad Request", "Unauthorized", "Not Found", "Method Not Allowed", "Request Timeout", "Conflict", "Content Too Large",
        "URI Too Long", "Expectation Failed", "Too Many Requests", "Request Header Fields Too Large", "Internal Server Error", "Not Implemented", "Service Unavailable", "HTTP Version Not Supported",
    };

    /// <summary>Gets the number of codes.</summary>
    public static int Count => Codes.Length;

    public static int Code(int index)
    {
        return Codes[index];
    }

    public static string Phrase(int code)
    {
        return Phrases[IndexOf(code)];
    }

    /// <returns>The code's place in the table; that of 500 for a code that is not in it.</returns>
    public static int IndexOf(int code)
    {
        int index = 0;
        while (Codes[index] != code)
        {
            if (++index == Codes.Length)
            {
                return IndexOf(InternalError);
            }
        }

        return index;
    }
}
