using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>How long to wait after a registration or a heartbeat that failed. docs/architecture.md shows it as a table.</summary>
internal sealed class RetryPolicy
{
    /// <summary>
    /// The node controller sets the conditions to Unknown after 40 s without a heartbeat (50 s from Kubernetes 1.32 on). Past this, in
    /// milliseconds, what it has is read again.
    /// </summary>
    public const int LongSilence = 30 * 1000;

    // As the kubelet's retries of a registration: 100 ms doubling to 7 s.
    private const int FirstRetry = 100;
    private const int LongestRetry = 7000;

    // What only a person can mend (a token, rights, an invalid value) is tried again slowly, but never given up.
    private const int FirstSlowRetry = 2000;
    private const int LongestSlowRetry = 60 * 1000;

    // At the start nobody counts on the node yet, and all others may be starting too. Where the API server is slow or fails, the
    // waits grow further, and past the time that it took to fail, so that what it has to do at once becomes less: two thousand
    // boards that start together are two thousand requests under way.
    private const int LongestStartRetry = 20 * 1000;
    private const int StartSlowdown = 3;
    private const int LongestStartSpread = 30 * 1000;

    // Where nobody is there, nobody is overloaded: a board that was restarted meanwhile is to be Ready 15 s after the API server is back, and
    // still a fleet of them comes over several seconds.
    private const int AbsenceMilliseconds = 1000;
    private const int LongestAbsenceRetry = 12 * 1000;

    // And a request gets more time: what is given up has to be done again. Seven in a step stay within the supervisor's bound.
    private const int LongestStartTimeout = 24 * 1000;

    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly int _requestTimeout;
    private int _retry;
    private int _slowRetry;
    private int _startRetry;

    public RetryPolicy(ApiClient client, IClock clock, Random random)
    {
        _client = client;
        _clock = clock;
        _random = random;
        _requestTimeout = client.TimeoutMilliseconds;
    }

    /// <summary>Begins anew after a success.</summary>
    public void Reset()
    {
        _retry = 0;
        _slowRetry = 0;
        _startRetry = 0;
    }

    /// <summary>Takes back the time that requests were given on top, once the Node is registered.</summary>
    public void EndStart()
    {
        _client.TimeoutMilliseconds = _requestTimeout;
    }

    /// <summary>Gets how long to wait after a heartbeat that failed.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="lastHeartbeat">When the last one was taken, in the clock's milliseconds.</param>
    public int WaitAfterHeartbeat(ApiResult result, long lastHeartbeat)
    {
        int wait = IsForAPerson(result) ? NextSlow() : Backoff.Next(ref _retry, FirstRetry, LongestRetry, _random);
        int asked = Jitter.Lengthen(result.RetryAfterMilliseconds, _random);

        // A wait that the Lease does not outlive is cut once, to ask again while the node is still Ready; from then on it is obeyed.
        long bearable = lastHeartbeat + LongSilence - _clock.Milliseconds;
        if (asked > bearable && bearable > wait)
        {
            asked = (int)bearable;
        }

        return asked > wait ? asked : wait;
    }

    /// <summary>Gets how long to wait after a registration that failed.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="took">How long it took to fail, in milliseconds.</param>
    public int WaitAfterRegistration(ApiResult result, long took)
    {
        if (IsForAPerson(result))
        {
            int asked = Jitter.Lengthen(result.RetryAfterMilliseconds, _random);
            int slow = NextSlow();
            return asked > slow ? asked : slow;
        }

        if (result.Outcome == ApiOutcome.Timeout)
        {
            int timeout = _client.TimeoutMilliseconds * 2;
            _client.TimeoutMilliseconds = timeout < LongestStartTimeout ? timeout : LongestStartTimeout;
        }

        // All that are asked to wait are asked for the same time: what is drawn comes on top of it.
        int spread = (int)took * StartSlowdown;
        int wait = Backoff.Next(ref _startRetry, FirstRetry, LongestStartRetry, _random);
        if (wait > LongestAbsenceRetry && result.Outcome == ApiOutcome.Unreachable && took < AbsenceMilliseconds)
        {
            wait = (LongestAbsenceRetry / 2) + _random.Next((LongestAbsenceRetry / 2) + 1);
        }

        return result.RetryAfterMilliseconds + wait + _random.Next((spread < LongestStartSpread ? spread : LongestStartSpread) + 1);
    }

    private int NextSlow()
    {
        return Backoff.Next(ref _slowRetry, FirstSlowRetry, LongestSlowRetry, _random);
    }

    private static bool IsForAPerson(ApiResult result)
    {
        return result.IsRefusal || result.Outcome == ApiOutcome.Unauthorized;
    }
}
