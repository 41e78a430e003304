namespace PicoKubelet.Api;

/// <summary>What became of a request to the API server, as far as the callers act differently.</summary>
public enum ApiOutcome
{
    /// <summary>2xx, and the reply was read.</summary>
    Ok,

    /// <summary>404: the object is gone.</summary>
    NotFound,

    /// <summary>409 AlreadyExists.</summary>
    AlreadyExists,

    /// <summary>409 Conflict: somebody else changed the object.</summary>
    Conflict,

    /// <summary>401: the token is unknown, expired or revoked.</summary>
    Unauthorized,

    /// <summary>403: the token may not do this.</summary>
    Forbidden,

    /// <summary>422: the API server finds the object invalid.</summary>
    Invalid,

    /// <summary>Any other 3xx or 4xx.</summary>
    Rejected,

    /// <summary>429, or 503 with Retry-After: come back later.</summary>
    TooManyRequests,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>No connection: no address, refused, unreachable, or a TLS handshake that failed.</summary>
    Unreachable,

    /// <summary>The connection broke before the reply was whole.</summary>
    Broken,

    /// <summary>The reply was not whole in time.</summary>
    Timeout,

    /// <summary>The reply is not HTTP, not JSON or not what was asked for.</summary>
    Garbled,

    /// <summary>The request did not fit the buffer and was not sent.</summary>
    TooLarge,
}
