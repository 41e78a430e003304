using System.Text;

namespace PicoKubelet.ApiServer.Protobuf;

/// <summary>Writes the fields of one protobuf message. Source: protobuf.dev/programming-guides/encoding</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>The message so far.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Writes a text.</summary>
    public void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a truth value.</summary>
    public void Bool(int field, bool value)
    {
        Varint((uint)field << 3);
        Varint(value ? 1u : 0u);
    }

    /// <summary>Writes a number.</summary>
    public void Number(int field, long value)
    {
        Varint((uint)field << 3);
        Varint((ulong)value);
    }

    /// <summary>Writes a message within this one.</summary>
    public void Message(int field, Action<WireWriter> write)
    {
        var inner = new WireWriter();
        write(inner);
        Bytes(field, inner.ToArray());
    }

    private void Bytes(int field, byte[] bytes)
    {
        Varint(((uint)field << 3) | 2);
        Varint((uint)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }
        _bytes.WriteByte((byte)value);
    }
}
