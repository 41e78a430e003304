using System;

namespace PicoKubelet.Text;

/// <summary>The bytes of a buffer, to be read once.</summary>
public sealed class BufferSource : IByteSource
{
    private readonly byte[] _buffer;
    private int _next;
    private int _left;

    /// <summary>Initializes the source.</summary>
    /// <param name="buffer">The buffer; its bytes are not copied.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many they are.</param>
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
