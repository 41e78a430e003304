using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace PicoKubelet.ApiServer.Http;

/// <summary>Access to the connection under a request: what went over it, and its end by force.</summary>
internal sealed class ConnectionTap(CountingPipe pipe, PipeWriter transport, Socket? socket)
{
    // Time for the transport to hand the last bytes to the operating system, which drops them on a reset.
    private static readonly TimeSpan SendTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private long _reportedIn;
    private long _reportedOut;

    /// <summary>Runs a connection with a tap between TLS and HTTP.</summary>
    public static Task InstallAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Features.Get<TransportFeature>()!.Output;
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        var pipe = new CountingPipe(connection.Transport);
        connection.Transport = pipe;
        connection.Features.Set(new ConnectionTap(pipe, transport, socket));
        return next(connection);
    }

    /// <summary>The bytes in and out since the last call.</summary>
    public (long In, long Out) TakeCounts()
    {
        var counts = (pipe.BytesIn - _reportedIn, pipe.BytesOut - _reportedOut);
        (_reportedIn, _reportedOut) = (pipe.BytesIn, pipe.BytesOut);
        return counts;
    }

    /// <summary>Sends bytes as they are, then ends the connection: with a FIN behind the last byte, or with a reset.</summary>
    public async Task EndAsync(ReadOnlyMemory<byte> lastBytes, bool reset, CancellationToken closed)
    {
        if (!lastBytes.IsEmpty)
        {
            await pipe.Output.WriteAsync(lastBytes, CancellationToken.None);
        }
        if (reset && socket is not null)
        {
            if (!lastBytes.IsEmpty)
            {
                await Task.Delay(SendTime, CancellationToken.None);
            }
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
            return;
        }
        await transport.CompleteAsync();
        try
        {
            await Task.Delay(CloseTime, closed);
        }
        catch (OperationCanceledException)
        {
            // The connection is closed.
        }
    }

    /// <summary>The connection's own output, below TLS.</summary>
    internal sealed record TransportFeature(PipeWriter Output);
}
