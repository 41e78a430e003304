using System;

namespace PicoKubelet.Tests;

/// <summary>Bytes and numbers of the binary format, one after the other.</summary>
public class ByteWriter
{
    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public void Put(params byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (Length == _bytes.Length)
            {
                var more = new byte[Length * 2];
                Array.Copy(_bytes, more, Length);
                _bytes = more;
            }

            _bytes[Length++] = bytes[i];
        }
    }

    public void Put(ByteWriter other) => Put(other.ToArray());

    public void Number(int value)
    {
        while (value >= 0x80)
        {
            Put((byte)(value | 0x80));
            value >>= 7;
        }

        Put((byte)value);
    }

    public void Signed(int value)
    {
        while (value >= 0x40)
        {
            Put((byte)(value | 0x80));
            value >>= 7;
        }

        Put((byte)value);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        Array.Copy(_bytes, bytes, Length);
        return bytes;
    }
}
