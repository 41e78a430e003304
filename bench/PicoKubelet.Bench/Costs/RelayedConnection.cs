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
    private volatile bool _isWatch;

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
        }, CutWatch);
    }

    /// <summary>Passes on what the server sends, until it ends.</summary>
    public void PassReplies()
    {
        try
        {
            Pass(server, client, bytes =>
            {
                if (_isWatch)
                {
                    _isWatch = false;
                    relay.NoteWatch();
                }

                _reply.Add(bytes);
            });
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The other direction ended first, and a session that is closed says that it was never authenticated.
        }

        // So that a client which waits for the end of the reply sees it.
        client.Dispose();
    }

    // As long a text, so that the bytes are those that were asked for.
    private void CutWatch(Span<byte> request)
    {
        ReadOnlySpan<byte> name = "timeoutSeconds="u8;
        int at = request.IndexOf(name);
        if (at >= 0)
        {
            _isWatch = true;
            "001"u8.CopyTo(request[(at + name.Length)..]);
        }
    }

    private delegate void Change(Span<byte> bytes);

    private delegate void Take(ReadOnlySpan<byte> bytes);

    private void Pass(Stream from, Stream to, Take take, Change? change = null)
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

                change?.Invoke(buffer.AsSpan(0, count));
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
