namespace PicoKubelet.Http;

/// <summary>What is wrong with an HTTP message.</summary>
public enum HttpError
{
    /// <summary>It breaks the grammar of RFC 9112.</summary>
    Malformed,

    /// <summary>The start line and headers are larger than the bound.</summary>
    HeadTooLarge,

    /// <summary>The connection was closed in the middle of it.</summary>
    Truncated,

    /// <summary>It was not whole by its deadline.</summary>
    Timeout,

    /// <summary>Its body has a transfer coding other than chunked.</summary>
    UnsupportedCoding,

    /// <summary>Its body is larger than the bound.</summary>
    BodyTooLarge,

    /// <summary>It was not whole while another client waited, who got its place.</summary>
    Displaced,
}
