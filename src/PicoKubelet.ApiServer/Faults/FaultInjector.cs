using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using PicoKubelet.ApiServer.Http;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>Makes a server fail: single requests by rules, connections, and the whole server. Thread-safe.</summary>
public sealed class FaultInjector
{
    private readonly PausableListenerFactory _listeners;
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile FaultRule[] _rules = [];
    private volatile CancellationTokenSource _release = new();
    private volatile bool _mute;

    internal FaultInjector(PausableListenerFactory listeners) => _listeners = listeners;

    /// <summary>
    /// Whether new connections are accepted and then ignored: no TLS handshake, no HTTP, as with a server that hangs.
    /// Connections from before go on.
    /// </summary>
    public bool MuteNewConnections
    {
        get => _mute;
        set => _mute = value;
    }

    /// <summary>The number of open connections.</summary>
    public int OpenConnections => _connections.Count;

    internal bool Any => _rules.Length > 0;

    internal CancellationToken Released => _release.Token;

    /// <summary>Adds a rule behind those that are there.</summary>
    /// <returns>The rule, for <see cref="Remove"/> and to see its hits.</returns>
    public FaultRule Add(FaultRule rule)
    {
        lock (_lock)
        {
            _rules = [.. _rules, rule];
        }
        return rule;
    }

    /// <summary>Adds a rule for a method and the beginning of a path.</summary>
    /// <param name="action">What happens.</param>
    /// <param name="method">The HTTP method; null: any.</param>
    /// <param name="pathPrefix">The beginning of the path; null: any.</param>
    /// <param name="times">To how many requests; by default to all until the rule is removed.</param>
    /// <param name="skip">How many matching requests are let through first.</param>
    public FaultRule Add(FaultAction action, string? method = null, string? pathPrefix = null, int times = int.MaxValue, int skip = 0) =>
        Add(new FaultRule(
            request => (method is null || request.Method == method)
                && (pathPrefix is null || request.Path.StartsWith(pathPrefix, StringComparison.Ordinal)),
            action,
            times,
            skip));

    /// <summary>Takes a rule away.</summary>
    public void Remove(FaultRule rule)
    {
        lock (_lock)
        {
            _rules = [.. _rules.Where(other => other != rule)];
        }
    }

    /// <summary>Takes all rules away, lets go what they hold, and serves new connections again. Listening is another matter.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules = [];
        }
        _mute = false;
        Release();
    }

    /// <summary>Lets go of the requests and connections that are being held: unanswered ones are closed, delays end.</summary>
    public void Release() => Interlocked.Exchange(ref _release, new CancellationTokenSource()).Cancel();

    /// <summary>
    /// Stops listening and closes every connection: new ones are refused, as when the server is down. The objects stay.
    /// </summary>
    /// <param name="reset">Whether open connections end with a TCP reset rather than a FIN.</param>
    public async Task StopListeningAsync(bool reset = false)
    {
        await _listeners.PauseAsync();
        CloseConnections(reset);
    }

    /// <summary>Listens again, on the same port.</summary>
    public Task StartListeningAsync() => _listeners.ResumeAsync();

    /// <summary>Closes every open connection, idle or not.</summary>
    /// <param name="reset">With a TCP reset rather than a FIN.</param>
    public void CloseConnections(bool reset = false)
    {
        foreach (var connection in _connections.Values)
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            {
                Close(socket, reset);
            }
        }
    }

    internal FaultAction? Find(FaultRequest request) => Array.Find(_rules, rule => rule.Claims(request))?.Action;

    /// <summary>Runs a connection, from its first byte on.</summary>
    internal async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        // Looked at before the connection counts as open: who sees it open may clear all faults the next moment, and lets it go then.
        var released = Released;
        var isMuted = _mute;
        _connections[connection.ConnectionId] = connection;
        try
        {
            connection.Features.Set(new ConnectionTap.TransportFeature(connection.Transport.Output));
            if (isMuted)
            {
                await HoldAsync(connection, released);
                return;
            }
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection.ConnectionId, out _);
        }
    }

    private static async Task HoldAsync(ConnectionContext connection, CancellationToken released)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, released);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, both.Token);
        }
        catch (OperationCanceledException)
        {
            connection.Abort();
        }
    }

    private static void Close(Socket socket, bool reset)
    {
        try
        {
            if (reset)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
            else
            {
                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed already.
        }
    }
}
