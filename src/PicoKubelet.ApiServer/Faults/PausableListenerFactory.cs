using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace PicoKubelet.ApiServer.Faults;

/// <summary>Kestrel's socket transport, with listeners that can stop listening and start again.</summary>
internal sealed class PausableListenerFactory : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
    private readonly List<PausableListener> _listeners = [];

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new PausableListener(_sockets, await _sockets.BindAsync(endpoint, cancellationToken));
        _listeners.Add(listener);
        return listener;
    }

    public async Task PauseAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.PauseAsync();
        }
    }

    public async Task ResumeAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.ResumeAsync();
        }
    }
}
