using System.Security.Cryptography;
using System.Text;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>
/// Lets the cluster decide about clients of the port, by TokenReview and SubjectAccessReview, as a kubelet does. Answers hold as long as a
/// kubelet's; of a token only the hash is kept. Who has no good token can neither make the board ask without end nor keep others from being asked about.
/// </summary>
/// <param name="sockets">Opens the connection to the API server.</param>
/// <param name="clock">The monotonic clock.</param>
internal sealed class Reviewer(ISocketLayer sockets, IClock clock)
{
    // The kubelet's defaults: authentication.webhook.cacheTTL, authorization.webhook.cacheAuthorizedTTL and cacheUnauthorizedTTL.
    private const int TokenMilliseconds = 120 * 1000;
    private const int AllowedMilliseconds = 300 * 1000;
    private const int DeniedMilliseconds = 30 * 1000;

    private const int MaxTokens = 64;
    private const int MaxDecisions = 128;

    // A client waits for it, and who comes after that client.
    private const int RequestTimeout = 2000;

    // After a question that was not answered.
    private const int SilentMilliseconds = 10 * 1000;
    private const int RefusedMilliseconds = 60 * 1000;

    private const string Scheme = "bearer ";

    private readonly BoundedCache<ReviewedUser> _known = new(clock, MaxTokens);
    private readonly BoundedCache<bool> _wrong = new(clock, MaxTokens);
    private readonly BoundedCache<bool> _decisions = new(clock, MaxDecisions);
    private readonly AskingLimit _limit = new(clock);
    private readonly object _asking = new();
    private ReviewRequests? _requests;
    private Logger? _log;
    private string? _lastError;
    private long _silentUntil;

    /// <inheritdoc cref="IReviewer.Begin"/>
    public void Begin(DeviceSettings settings, string nodeName, Logger log)
    {
        _log = log;
        var connector = new SocketConnector(sockets, settings.Ca, clock, settings.ClientIdentity);
        _requests = new ReviewRequests(new ApiClient(connector, settings.ApiServer, settings.Token, clock, RequestTimeout, ReviewRequests.MaxBodyBytes), nodeName);
    }

    /// <inheritdoc cref="IReviewer.Review"/>
    public int Review(string? authorization, IClientConnection connection, ServerRequest request, out string? message)
    {
        message = null;
        if (connection.Client is not ReviewedUser user)
        {
            int status = Authenticate(authorization, connection.Peer, out ReviewedUser? found);
            if (found is null)
            {
                message = status == 0 ? null : "too many unknown tokens";
                return status;
            }

            user = found;
        }

        NodeAccess access = NodeAccess.Of(request);
        bool? isAllowed = Authorize(user, access);
        if (isAllowed == true)
        {
            return HttpStatus.Ok;
        }

        // The kubelet's words.
        message = $"{(isAllowed is null ? "Authorization error" : "Forbidden")} (user={user.Name}, verb={access.Verb}, resource=nodes, subresource={access.Subresource})";
        return isAllowed is null ? HttpStatus.InternalError : HttpStatus.Forbidden;
    }

    private int Authenticate(string? authorization, string peer, out ReviewedUser? user)
    {
        user = null;
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        string token = authorization[Scheme.Length..].Trim();
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        bool wasGood = _known.TryFind(hash, out user, out bool holds);
        if (holds || token.Length == 0 || (_wrong.TryFind(hash, out _, out bool isWrong) && isWrong))
        {
            user = holds ? user : null;
            return 0;
        }

        // One that was good is asked about again whatever strangers do.
        user = null;
        if (!wasGood && !_limit.TryTake(peer))
        {
            return HttpStatus.TooManyRequests;
        }

        ReviewedUser? found = null;
        if (Ask(requests => requests.ReviewToken(token, out found)))
        {
            Note(hash, found);
        }

        user = found;
        return 0;
    }

    private void Note(string hash, ReviewedUser? user)
    {
        if (user is not null)
        {
            _known.Keep(hash, user, TokenMilliseconds);
            return;
        }

        _known.Forget(hash);
        _wrong.Keep(hash, true, TokenMilliseconds);
    }

    /// <returns>Whether it may, or null where that is not known.</returns>
    private bool? Authorize(ReviewedUser user, NodeAccess access)
    {
        string key = $"{access.Verb} {access.Subresource}\n{user.Key}";
        if (_decisions.TryFind(key, out bool isAllowed, out bool holds) && holds)
        {
            return isAllowed;
        }

        if (!Ask(requests => requests.ReviewAccess(user, access, out isAllowed)))
        {
            return null;
        }

        _decisions.Keep(key, isAllowed, isAllowed ? AllowedMilliseconds : DeniedMilliseconds);
        return isAllowed;
    }

    /// <returns>Whether there is an answer.</returns>
    private bool Ask(Func<ReviewRequests, ApiResult> question)
    {
        if (_requests is null || !Monitor.TryEnter(_asking, RequestTimeout))
        {
            return false;
        }

        try
        {
            if (clock.Milliseconds < _silentUntil)
            {
                return false;
            }

            ApiResult result = question(_requests);
            if (!result.IsOk)
            {
                _silentUntil = clock.Milliseconds + (result.Outcome == ApiOutcome.Forbidden ? RefusedMilliseconds : SilentMilliseconds);
            }

            Tell(result.IsOk ? null : result.Describe());
            return result.IsOk;
        }
        finally
        {
            Monitor.Exit(_asking);
        }
    }

    private void Tell(string? error)
    {
        // Once, not at each client.
        if (error is not null && error != _lastError)
        {
            _log!.Warn("the cluster can not be asked about clients of the port", "error", error);
        }

        _lastError = error;
    }
}
