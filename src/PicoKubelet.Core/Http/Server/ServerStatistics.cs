using System.Threading;

namespace PicoKubelet.Http.Server;

/// <summary>What a port did since the start. Written by all that serve it, read by any thread.</summary>
public sealed class ServerStatistics
{
    private int _inService;
    private int _accepted;
    private int _timedOut;
    private int _displaced;
    private int _failed;
    private int _handshakesFailed;
    private int _authenticationFailures;
    private int _busyMilliseconds;
    private int _busySeconds;

    /// <summary>Initializes the statistics.</summary>
    /// <param name="maxPairs">How many pairs of a route and a status code are counted each on its own.</param>
    public ServerStatistics(int maxPairs)
    {
        Requests = new ReplyCounts(maxPairs);
    }

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

    /// <summary>Gets the number of connections whose TLS handshake failed.</summary>
    public int HandshakesFailed => _handshakesFailed;

    /// <summary>Gets the number of requests that showed a wrong token, or none where one is needed.</summary>
    public int AuthenticationFailures => _authenticationFailures;

    /// <summary>Gets how long requests were in service, all together, in milliseconds.</summary>
    public long BusyMilliseconds => (_busySeconds * 1000L) + _busyMilliseconds;

    /// <summary>Gets the requests by route and status code.</summary>
    public ReplyCounts Requests { get; }

    internal void NoteRequest(int route, int status)
    {
        Requests.Note(route, status);
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

    internal void NoteHandshakeFailed()
    {
        Interlocked.Increment(ref _handshakesFailed);
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
