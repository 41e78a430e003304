using System;
using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Text;

/// <summary>
/// Hands out a document in pieces of a given size at most, as a network does. It must not be asked again once it has
/// reported its end: a connection would wait there for bytes that never come.
/// </summary>
internal sealed class PiecewiseSource : IByteSource
{
    private readonly byte[] _bytes;
    private readonly int _pieceSize;
    private int _position;
    private bool _ended;

    public PiecewiseSource(byte[] bytes, int pieceSize)
    {
        _bytes = bytes;
        _pieceSize = pieceSize;
    }

    public PiecewiseSource(string text, int pieceSize = int.MaxValue)
        : this(Encoding.UTF8.GetBytes(text), pieceSize)
    {
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        if (_ended)
        {
            throw new InvalidOperationException("read after the end");
        }

        int length = _bytes.Length - _position;
        length = length < count ? length : count;
        length = length < _pieceSize ? length : _pieceSize;
        Array.Copy(_bytes, _position, buffer, offset, length);
        _position += length;
        _ended = length == 0;
        return length;
    }
}
