using System;

namespace PicoKubelet.Wasm;


/// <summary>A module that lies in memory.</summary>
public sealed class WasmBytes : IWasmSource
{
    private readonly byte[] _bytes;
    private readonly int _end;
    private int _position;

    /// <summary>All of an array.</summary>
    public WasmBytes(byte[] bytes) : this(bytes, 0, bytes.Length)
    {
    }

    /// <summary>A part of an array, which is not copied.</summary>
    public WasmBytes(byte[] bytes, int offset, int count)
    {
        _bytes = bytes;
        _position = offset;
        _end = offset + count;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (count > _end - _position)
        {
            count = _end - _position;
        }

        Array.Copy(_bytes, _position, buffer, offset, count);
        _position += count;
        return count;
    }
}
