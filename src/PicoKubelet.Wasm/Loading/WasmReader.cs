namespace PicoKubelet.Wasm;


/// <summary>The module's bytes front to back, with the numbers and names of the binary format.</summary>
internal sealed class WasmReader
{
    private const int MostName = 1000;

    private readonly IWasmSource _source;
    private readonly int _mostBytes;
    private readonly byte[] _buffer = new byte[128];
    private int _at;
    private int _count;

    public WasmReader(IWasmSource source, int mostBytes)
    {
        _source = source;
        _mostBytes = mostBytes;
    }

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Where the section, or the function within it, ends.</summary>
    public int Limit { get; set; } = int.MaxValue;

    /// <summary>The section's name, for errors.</summary>
    public string Section { get; set; } = "header";

    public WasmLoadException Error(WasmLoadError error, string reason) => new WasmLoadException(error, reason, Section, Position);

    public WasmLoadException Malformed(string reason) => Error(WasmLoadError.Malformed, reason);

    public WasmLoadException Invalid(string reason) => Error(WasmLoadError.Invalid, reason);

    public WasmLoadException Unsupported(string feature) => Error(WasmLoadError.Unsupported, "not supported: " + feature);

    public WasmLoadException Beyond(string limit) => Error(WasmLoadError.Limit, "the limit " + limit + " is reached");

    /// <summary>Whether the source has no more bytes.</summary>
    public bool AtEnd()
    {
        if (_at < _count)
        {
            return false;
        }

        _at = 0;
        _count = _source.Read(_buffer, 0, _buffer.Length);
        if (_count > _mostBytes - Position)
        {
            throw Beyond("ModuleBytes");
        }

        return _count <= 0;
    }

    public int Byte()
    {
        if (Position >= Limit)
        {
            throw Malformed("unexpected end of section or function");
        }

        if (_at == _count && AtEnd())
        {
            throw Malformed("unexpected end");
        }

        Position++;
        return _buffer[_at++];
    }

    /// <summary>An unsigned number of 32 bits, as its bits.</summary>
    public int U32()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift == 28 && (next & 0xF0) != 0)
            {
                throw TooLong(next);
            }

            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>How many items follow; each limit of the format fits in 31 bits.</summary>
    public int Count(int most, string limit)
    {
        var count = U32();
        if (count < 0 || count > most)
        {
            // A vector that is longer than the section is malformed, whatever the limits are.
            throw count < 0 || count > Limit - Position ? Malformed("unexpected end of section or function") : Beyond(limit);
        }

        return count;
    }

    public int S32() => S32(Byte());

    /// <summary>A signed number of 32 bits whose first byte was read.</summary>
    public int S32(int next)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var sign = next & 0x78;
            if (shift == 28 && (next >= 0x80 || (sign != 0 && sign != 0x78)))
            {
                throw TooLong(next);
            }

            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return shift < 28 && (next & 0x40) != 0 ? value | (-1 << (shift + 7)) : value;
            }

            next = Byte();
        }
    }

    public long S64()
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next != 0 && next != 0x7F)
            {
                throw TooLong(next);
            }

            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return shift < 63 && (next & 0x40) != 0 ? value | (-1L << (shift + 7)) : value;
            }
        }
    }

    public int Fixed32() => Byte() | (Byte() << 8) | (Byte() << 16) | (Byte() << 24);

    public long Fixed64() => (uint)Fixed32() | ((long)Fixed32() << 32);

    public byte[] Bytes(int count)
    {
        if (count < 0 || count > Limit - Position)
        {
            throw Malformed("unexpected end of section or function");
        }

        if (count > _mostBytes)
        {
            throw Beyond("ModuleBytes");
        }

        var bytes = new byte[count];
        for (var i = 0; i < count;)
        {
            if (_at == _count && AtEnd())
            {
                throw Malformed("unexpected end");
            }

            var part = _count - _at < count - i ? _count - _at : count - i;
            System.Array.Copy(_buffer, _at, bytes, i, part);
            _at += part;
            Position += part;
            i += part;
        }

        return bytes;
    }

    /// <summary>Leaves out what comes before a position.</summary>
    public void SkipTo(int position)
    {
        while (Position < position)
        {
            if (_at == _count && AtEnd())
            {
                throw Malformed("unexpected end");
            }

            var part = _count - _at < position - Position ? _count - _at : position - Position;
            _at += part;
            Position += part;
        }
    }

    /// <summary>A name: UTF-8 of at most 1,000 bytes.</summary>
    public string Name()
    {
        var length = U32();
        if (length < 0 || length > Limit - Position)
        {
            throw Malformed("unexpected end of section or function");
        }

        if (length > MostName)
        {
            throw Beyond("of 1,000 bytes for a name");
        }

        return Utf8(Bytes(length), 0, length) ?? throw Malformed("malformed UTF-8 encoding");
    }

    /// <summary>Decodes UTF-8, null where it is malformed.</summary>
    public static string Utf8(byte[] bytes, int offset, int count)
    {
        var text = new char[count];
        var length = 0;
        for (var end = offset + count; offset < end;)
        {
            int lead = bytes[offset++];
            var more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
            if (more < 0 || more > end - offset)
            {
                return null;
            }

            var code = more == 0 ? lead : lead & (0x3F >> more);
            for (var i = 0; i < more; i++)
            {
                int next = bytes[offset++];
                if ((next & 0xC0) != 0x80)
                {
                    return null;
                }

                code = (code << 6) | (next & 0x3F);
            }

            if ((more == 2 && code < 0x800) || (more == 3 && (code < 0x10000 || code > 0x10FFFF)) || (code >= 0xD800 && code < 0xE000))
            {
                return null;
            }

            if (code >= 0x10000)
            {
                text[length++] = (char)(0xD800 + ((code - 0x10000) >> 10));
                code = 0xDC00 + (code & 0x3FF);
            }

            text[length++] = (char)code;
        }

        return new string(text, 0, length);
    }

    private WasmLoadException TooLong(int next) => Malformed(next >= 0x80 ? "integer representation too long" : "integer too large");
}
