namespace PicoKubelet.Api;

/// <summary>What became of a request. One instance per client, valid until its next request.</summary>
public sealed class ApiResult
{
    /// <summary>Gets or sets what became of the request: whoever finds more in the reply than the client does, says so.</summary>
    public ApiOutcome Outcome { get; set; }

    /// <summary>Gets the HTTP status code, or 0 where there was no reply.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>Gets the reason of the API server's <c>Status</c>, such as <c>NotFound</c>, or null.</summary>
    public string Reason { get; internal set; }

    /// <summary>Gets or sets the message of the API server's <c>Status</c> or of the local error, or null.</summary>
    public string Message { get; set; }

    /// <summary>Gets how long the API server asks to wait, in milliseconds, or 0.</summary>
    public int RetryAfterMilliseconds { get; internal set; }

    /// <summary>Gets whether the request succeeded.</summary>
    public bool IsOk => Outcome == ApiOutcome.Ok;

    /// <summary>Describes a failure for the log.</summary>
    /// <returns>For instance <c>403 Forbidden: leases.coordination.k8s.io is forbidden: …</c>.</returns>
    public string Describe()
    {
        string what = StatusCode == 0 ? NameOf(Outcome) : StatusCode.ToString() + " " + (Reason ?? NameOf(Outcome));
        return Message == null ? what : what + ": " + Message;
    }

    internal void Clear()
    {
        Outcome = ApiOutcome.Ok;
        StatusCode = 0;
        Reason = null;
        Message = null;
        RetryAfterMilliseconds = 0;
    }

    private static string NameOf(ApiOutcome outcome)
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
