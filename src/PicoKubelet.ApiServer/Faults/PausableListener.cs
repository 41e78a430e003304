using System.Net;
using Microsoft.AspNetCore.Connections;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>A listener that can close its socket and open it again on the same port, unnoticed by Kestrel.</summary>
internal sealed class PausableListener(IConnectionListenerFactory factory, IConnectionListener first) : IConnectionListener
{
    private readonly SemaphoreSlim _change = new(1, 1);
    private readonly SemaphoreSlim _opened = new(0);
    private IConnectionListener? _open = first;
    private IConnectionListener? _accepting = first;
    private volatile bool _ended;

    public EndPoint EndPoint { get; } = first.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!_ended)
        {
            if (_accepting is not null && await _accepting.AcceptAsync(cancellationToken) is { } connection)
            {
                return connection;
            }
            // The socket was closed; every new one is announced once, and so is the end.
            await _opened.WaitAsync(cancellationToken);
            _accepting = Volatile.Read(ref _open);
        }
        return null;
    }

    public async Task PauseAsync()
    {
        await _change.WaitAsync();
        try
        {
            if (Interlocked.Exchange(ref _open, null) is { } listener)
            {
                await listener.UnbindAsync();
                await listener.DisposeAsync();
            }
        }
        finally
        {
            _change.Release();
        }
    }

    public async Task ResumeAsync()
    {
        await _change.WaitAsync();
        try
        {
            if (_open is null && !_ended)
            {
                Volatile.Write(ref _open, await factory.BindAsync(EndPoint));
                _opened.Release();
            }
        }
        finally
        {
            _change.Release();
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        await PauseAsync();
        _opened.Release();
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
