using System;
using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Json;

/// <summary>A connection that breaks after some bytes.</summary>
internal sealed class FailingSource : IByteSource
{
    private readonly byte[] _bytes;
    private int _position;

    public FailingSource(string text)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        if (_position == _bytes.Length)
        {
            throw new InvalidOperationException("broken");
        }

        buffer[offset] = _bytes[_position++];
        return 1;
    }
}
