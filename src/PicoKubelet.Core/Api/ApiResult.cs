namespace PicoKubelet.Api;

/// <summary>What became of a request. It never changes: the same again is the same instance, another one a new instance.</summary>
public sealed class ApiResult
{
    /// <summary>Initializes the result.</summary>
    /// <param name="outcome">What became of the request.</param>
    /// <param name="statusCode">The HTTP status code, or 0 where there was no reply.</param>
    /// <param name="reason">The reason of the API server's <c>Status</c>, or null.</param>
    /// <param name="message">The message of the API server's <c>Status</c> or of the local error, or null.</param>
    /// <param name="retryAfterMilliseconds">How long the API server asks to wait, or 0.</param>
    public ApiResult(ApiOutcome outcome, int statusCode, string reason, string message, int retryAfterMilliseconds)
    {
        Outcome = outcome;
        StatusCode = statusCode;
        Reason = reason;
        Message = message;
        RetryAfterMilliseconds = retryAfterMilliseconds;
    }

    /// <summary>Gets what became of the request.</summary>
    public ApiOutcome Outcome { get; }

    /// <summary>Gets the HTTP status code, or 0 where there was no reply.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the reason of the API server's <c>Status</c>, such as <c>NotFound</c>, or null.</summary>
    public string Reason { get; }

    /// <summary>Gets the message of the API server's <c>Status</c> or of the local error, or null.</summary>
    public string Message { get; }

    /// <summary>Gets how long the API server asks to wait, in milliseconds, or 0.</summary>
    public int RetryAfterMilliseconds { get; }

    /// <summary>Gets whether the request succeeded.</summary>
    public bool IsOk => Outcome == ApiOutcome.Ok;

    /// <summary>Gets whether the API server will not take the same request later either, unless a person mends something.</summary>
    public bool IsRefusal
    {
        get
        {
            switch (Outcome)
            {
                case ApiOutcome.Forbidden:
                case ApiOutcome.Invalid:
                case ApiOutcome.Rejected:
                case ApiOutcome.TooLarge:
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Gets whether this means something else to whoever knows more than the client does.</summary>
    /// <param name="outcome">What it means.</param>
    /// <param name="message">Why, or null.</param>
    /// <returns>Another result.</returns>
    public ApiResult As(ApiOutcome outcome, string message = null)
    {
        return new ApiResult(outcome, StatusCode, Reason, message, RetryAfterMilliseconds);
    }

    /// <summary>Describes a failure for the log.</summary>
    /// <returns>For instance <c>403 Forbidden: leases.coordination.k8s.io is forbidden: …</c>.</returns>
    public string Describe()
    {
        string what = StatusCode == 0 ? ApiOutcomes.NameOf(Outcome) : StatusCode.ToString() + " " + (Reason ?? ApiOutcomes.NameOf(Outcome));
        return Message == null ? what : what + ": " + Message;
    }

    internal bool Is(ApiOutcome outcome, int statusCode, string reason, string message, int retryAfterMilliseconds)
    {
        return Outcome == outcome && StatusCode == statusCode && Reason == reason && Message == message && RetryAfterMilliseconds == retryAfterMilliseconds;
    }
}
