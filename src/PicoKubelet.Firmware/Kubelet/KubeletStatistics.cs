using System.Threading;
using PicoKubelet.Api;

namespace PicoKubelet.Kubelet;

/// <summary>What the kubelet's port did since the start. Written by all that serve it, read by any thread.</summary>
public sealed class KubeletStatistics
{
    /// <summary>How many pairs of an endpoint and a status code are counted each on its own.</summary>
    internal const int MaxPairs = 48;

    private int _inService;
    private int _accepted;
    private int _timedOut;
    private int _displaced;
    private int _failed;
    private int _authenticationFailures;
    private int _busyMilliseconds;
    private int _busySeconds;

    /// <summary>Gets the number of connections in service.</summary>
    public int InService => _inService;

    /// <summary>Gets the number of connections that were taken.</summary>
    public int Accepted => _accepted;

    /// <summary>Gets the number of connections that were closed because their time was over.</summary>
    public int TimedOut => _timedOut;

    /// <summary>Gets the number of connections that gave way to another client.</summary>
    public int Displaced => _displaced;

    /// <summary>Gets the number of connections that broke.</summary>
    public int Failed => _failed;

    /// <summary>Gets the number of requests that showed a wrong token, or none where one is needed.</summary>
    public int AuthenticationFailures => _authenticationFailures;

    /// <summary>Gets how long requests were in service, all together, in milliseconds.</summary>
    public long BusyMilliseconds => (_busySeconds * 1000L) + _busyMilliseconds;

    /// <summary>Gets the requests by endpoint and status code.</summary>
    internal ReplyCounts Requests { get; } = new ReplyCounts(MaxPairs);

    internal void NoteRequest(int endpoint, int status)
    {
        Requests.Note(endpoint, status);
    }

    internal void NoteOpened()
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _inService);
    }

    internal void NoteClosed()
    {
        Interlocked.Decrement(ref _inService);
    }

    internal void NoteTimedOut()
    {
        Interlocked.Increment(ref _timedOut);
    }

    internal void NoteDisplaced()
    {
        Interlocked.Increment(ref _displaced);
    }

    internal void NoteFailed()
    {
        Interlocked.Increment(ref _failed);
    }

    internal void NoteAuthenticationFailure()
    {
        Interlocked.Increment(ref _authenticationFailures);
    }

    internal void NoteBusy(int milliseconds)
    {
        // In two ints, since the device has no Interlocked for long.
        lock (Requests)
        {
            int sum = _busyMilliseconds + milliseconds;
            _busySeconds += sum / 1000;
            _busyMilliseconds = sum % 1000;
        }
    }
}
