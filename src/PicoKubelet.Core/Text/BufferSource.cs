using System;

namespace PicoKubelet.Text;

/// <summary>The bytes of a buffer, to be read once.</summary>
internal sealed class BufferSource : IByteSource
{
    private readonly byte[] _buffer;
    private int _next;
    private int _left;

    public BufferSource(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _next = offset;
        _left = count;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        int take = count < _left ? count : _left;
        Array.Copy(_buffer, _next, buffer, offset, take);
        _next += take;
        _left -= take;
        return take;
    }
}
