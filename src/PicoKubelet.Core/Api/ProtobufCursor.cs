using PicoKubelet.Text;

namespace PicoKubelet.Api;

/// <summary>
/// Goes through the fields of a Kubernetes object in protobuf, of which the beginning is in a buffer: forward alone, and into
/// messages within messages. What is cut off or makes no sense ends it.
/// </summary>
internal sealed class ProtobufCursor
{
    // "k8s", a zero, and then runtime.Unknown, in whose second field the object is.
    private const int MagicBytes = 4;
    private const int RawField = 2;

    private const int Number = 0;
    private const int Bytes = 2;

    private byte[] _buffer;
    private int _at;
    private int _end;
    private int _kind;
    private int _start;

    /// <summary>Gets the number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>Gets the field's value where it is a number, its length where it is bytes.</summary>
    public long Value { get; private set; }

    /// <summary>Begins with the first field of an object.</summary>
    /// <param name="buffer">Where the object is.</param>
    /// <param name="length">How much of it is there.</param>
    /// <returns>Whether there is an object.</returns>
    public bool Begin(byte[] buffer, int length)
    {
        _buffer = buffer;
        _at = MagicBytes;
        _end = length;
        if (length < MagicBytes || buffer[0] != 'k' || buffer[1] != '8' || buffer[2] != 's')
        {
            return false;
        }

        while (Next())
        {
            if (Field == RawField && Enter())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one that is a number or bytes; others do not occur in what is read here.</returns>
    public bool Next()
    {
        long tag = ReadNumber();
        _kind = (int)(tag & 7);
        Field = (int)(tag >> 3);
        if (tag <= 0 || (_kind != Number && _kind != Bytes))
        {
            return false;
        }

        Value = ReadNumber();
        _start = _at;
        if (_kind == Bytes)
        {
            // One that is cut off is still read as far as it is there.
            _at = Value < 0 || Value > _end - _at ? _end : _at + (int)Value;
        }

        return _start <= _end;
    }

    /// <summary>Goes on with the fields of the message that the field is.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Enter()
    {
        if (_kind != Bytes)
        {
            return false;
        }

        _end = _at;
        _at = _start;
        return true;
    }

    /// <summary>Gets the field as text.</summary>
    /// <param name="maxBytes">How much of it at most.</param>
    /// <returns>The text.</returns>
    public string GetText(int maxBytes)
    {
        int length = _kind == Bytes ? _at - _start : 0;
        return Utf8.Encoding.GetString(_buffer, _start, length < maxBytes ? length : maxBytes);
    }

    /// <summary>Gets the field as text, and makes no new string of one that is there already.</summary>
    /// <param name="maxBytes">How much of it at most.</param>
    /// <param name="last">The text that it may be, ASCII, or null.</param>
    /// <returns>The text, or <paramref name="last"/> itself where it is the same.</returns>
    public string GetText(int maxBytes, string last)
    {
        bool isSame = last != null && last.Length == _at - _start;
        for (int i = 0; isSame && i < last.Length; i++)
        {
            isSame = _buffer[_start + i] == last[i];
        }

        return isSame ? last : GetText(maxBytes);
    }

    private long ReadNumber()
    {
        long number = 0;
        for (int shift = 0; _at < _end && shift < 64; shift += 7)
        {
            byte part = _buffer[_at++];
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        // Nothing more, or no number.
        _at = _end;
        return -1;
    }
}
