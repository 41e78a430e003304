using System.Net.Sockets;

namespace PicoKubelet.Bench.Simulation;

/// <summary>The board's end of a connection.</summary>
internal sealed class VirtualStream(VirtualWire wire, Socket socket) : Stream
{
    private WireReply _reply = WireReply.Nothing(WireEnd.KeepAlive);
    private long _readyAt;
    private int _position;

    public bool IsClosed { get; private set; }

    /// <summary>Gets or sets whether nothing arrives any more, and the next attempt to send fails.</summary>
    public bool IsBroken { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        using var scope = wire.EnterSimulation();
        ThrowIfBroken();

        // The firmware sends each request in one piece.
        _reply = wire.Exchange(buffer[offset..(offset + count)]);
        _readyAt = wire.Now + _reply.Delay;
        _position = 0;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        using var scope = wire.EnterSimulation();
        ThrowIfBroken();
        bool isEnd = _position == _reply.Bytes.Length;
        if (isEnd && _reply.End == WireEnd.Reset)
        {
            throw new IOException("connection reset by peer");
        }

        if (isEnd || _readyAt - wire.Now > socket.ReceiveTimeout)
        {
            wire.Wait(socket.ReceiveTimeout);
            ThrowIfBroken();
            throw new IOException("timed out");
        }

        wire.Wait(Math.Max(0, _readyAt - wire.Now));
        ThrowIfBroken();
        int length = Math.Min(count, _reply.Bytes.Length - _position);
        _reply.Bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }

    private void ThrowIfBroken()
    {
        if (IsBroken)
        {
            throw new IOException("network unreachable");
        }
    }
}
