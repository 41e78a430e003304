using System;
using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Http;

/// <summary>Hands out a text in two pieces.</summary>
internal sealed class TwoPieces : IByteSource
{
    private readonly byte[] _bytes;
    private readonly int _split;
    private int _position;

    public TwoPieces(string text, int split)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        _split = split;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        int end = _position < _split ? _split : _bytes.Length;
        int length = end - _position < count ? end - _position : count;
        Array.Copy(_bytes, _position, buffer, offset, length);
        _position += length;
        return length;
    }
}
