using PicoKubelet.Http;

namespace PicoKubelet.Api;

/// <summary>What status codes and errors mean.</summary>
internal static class ApiOutcomes
{
    /// <summary>Gets what the status code of a failure means.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="asksToWait">Whether the server says how long to wait.</param>
    /// <param name="reason">The reason that it gives, or null.</param>
    public static ApiOutcome Of(int status, bool asksToWait, string reason)
    {
        return status switch
        {
            401 => ApiOutcome.Unauthorized,
            403 => ApiOutcome.Forbidden,
            404 => ApiOutcome.NotFound,
            409 => reason == "AlreadyExists" ? ApiOutcome.AlreadyExists : ApiOutcome.Conflict,
            422 => ApiOutcome.Invalid,
            429 => ApiOutcome.TooManyRequests,
            503 => asksToWait ? ApiOutcome.TooManyRequests : ApiOutcome.ServerError,
            _ => status >= 500 ? ApiOutcome.ServerError : ApiOutcome.Rejected,
        };
    }

    /// <summary>Gets what an error in the reading of a reply means.</summary>
    public static ApiOutcome Of(HttpError error)
    {
        return error switch
        {
            HttpError.Timeout => ApiOutcome.Timeout,
            HttpError.Truncated => ApiOutcome.Broken,
            _ => ApiOutcome.Garbled,
        };
    }

    /// <summary>Gets an outcome's name, for people.</summary>
    public static string NameOf(ApiOutcome outcome)
    {
        return outcome switch
        {
            ApiOutcome.Ok => "ok",
            ApiOutcome.NotFound => "not found",
            ApiOutcome.AlreadyExists => "already exists",
            ApiOutcome.Conflict => "conflict",
            ApiOutcome.Unauthorized => "unauthorized",
            ApiOutcome.Forbidden => "forbidden",
            ApiOutcome.Invalid => "invalid",
            ApiOutcome.Rejected => "rejected",
            ApiOutcome.TooManyRequests => "too many requests",
            ApiOutcome.ServerError => "server error",
            ApiOutcome.Unreachable => "unreachable",
            ApiOutcome.Broken => "connection broken",
            ApiOutcome.Timeout => "timeout",
            ApiOutcome.Garbled => "garbled reply",
            _ => "request too large",
        };
    }
}
