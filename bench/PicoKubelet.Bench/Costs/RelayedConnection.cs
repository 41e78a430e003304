namespace PicoKubelet.Bench.Costs;

/// <summary>
/// A connection through the relay. One request is under way at a time, so what comes from the client after a byte from the server
/// is the next request.
/// </summary>
internal sealed class RelayedConnection(WireRelay relay, Stream client, Stream server)
{
    private readonly object _gate = new();
    private MessageMeter _request = new();
    private MessageMeter _reply = new();

    /// <summary>Passes on what the client sends, until it ends.</summary>
    public void PassRequests()
    {
        Pass(client, server, bytes =>
        {
            if (_reply.Total > 0)
            {
                EndExchange();
            }

            _request.Add(bytes);
        });
    }

    /// <summary>Passes on what the server sends, until it ends.</summary>
    public void PassReplies()
    {
        try
        {
            Pass(server, client, bytes => _reply.Add(bytes));
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The other direction ended first, and a session that is closed says that it was never authenticated.
        }

        // So that a client which waits for the end of the reply sees it.
        client.Dispose();
    }

    private delegate void Take(ReadOnlySpan<byte> bytes);

    private void Pass(Stream from, Stream to, Take take)
    {
        byte[] buffer = new byte[16 * 1024];
        int count;
        try
        {
            while ((count = from.Read(buffer)) > 0)
            {
                lock (_gate)
                {
                    take(buffer.AsSpan(0, count));
                }

                to.Write(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            lock (_gate)
            {
                EndExchange();
            }
        }
    }

    private void EndExchange()
    {
        if (_reply.Total > 0)
        {
            relay.Note(_request, _reply);
        }

        _request = new MessageMeter();
        _reply = new MessageMeter();
    }
}
