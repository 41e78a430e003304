using PicoKubelet.Text;

namespace PicoKubelet.Json;

/// <summary>
/// Writes compact JSON (RFC 8259) through a <see cref="Utf8Writer"/>, and allocates nothing. It puts the commas and escapes;
/// that what begins also ends, and that each value of an object has a name, is the caller's part.
/// Whether the document fitted says <see cref="Utf8Writer.Overflowed"/>, once it is complete.
/// </summary>
public sealed class JsonWriter
{
    private readonly Utf8Writer _output;

    // Whether a value stands right before, so that the next one needs a comma. The end of an object or an array is such a
    // value as well: no need to remember what they lie in.
    private bool _needsComma;
    private int _stringStart;

    /// <summary>Writes through <paramref name="output"/>, from where it stands.</summary>
    /// <param name="output">Where the document goes.</param>
    public JsonWriter(Utf8Writer output)
    {
        _output = output;
    }

    /// <summary>Where the document goes.</summary>
    public Utf8Writer Output => _output;

    /// <summary>Drops what was written and begins another document.</summary>
    /// <param name="start">The bytes that stay free in front of it; see <see cref="Utf8Writer.Reset"/>.</param>
    public void Reset(int start = 0)
    {
        _output.Reset(start);
        _needsComma = false;
    }

    /// <summary>Begins an object: the document, or an element of an array.</summary>
    public void BeginObject()
    {
        Begin('{');
    }

    /// <summary>Begins an object that is a member of the current one.</summary>
    /// <param name="name">The member's name.</param>
    public void BeginObject(string name)
    {
        Name(name);
        Begin('{');
    }

    /// <summary>Ends the current object.</summary>
    public void EndObject()
    {
        End('}');
    }

    /// <summary>Begins an array: the document, or an element of an array.</summary>
    public void BeginArray()
    {
        Begin('[');
    }

    /// <summary>Begins an array that is a member of the current object.</summary>
    /// <param name="name">The member's name.</param>
    public void BeginArray(string name)
    {
        Name(name);
        Begin('[');
    }

    /// <summary>Ends the current array.</summary>
    public void EndArray()
    {
        End(']');
    }

    /// <summary>Writes a member's name; its value is to follow.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name)
    {
        Separate();
        WriteQuoted(name);
        _output.WriteByte((byte)':');
        _needsComma = false;
    }

    /// <summary>Writes a string.</summary>
    /// <param name="value">The string; null writes JSON's null.</param>
    public void Value(string value)
    {
        if (value == null)
        {
            Null();
            return;
        }

        Separate();
        WriteQuoted(value);
    }

    /// <summary>
    /// Begins a string whose content is written to <see cref="Output"/> directly, up to <see cref="EndString"/>
    /// for text that needs no escapes, such as a timestamp, or up to <see cref="EscapeAndEndString"/>.
    /// </summary>
    public void BeginString()
    {
        Separate();
        _output.WriteByte((byte)'"');
        _stringStart = _output.Start + _output.Length;
    }

    /// <summary>Ends a string that <see cref="BeginString"/> began.</summary>
    public void EndString()
    {
        _output.WriteByte((byte)'"');
    }

    /// <summary>Ends a string that <see cref="BeginString"/> began, and escapes what was written directly.</summary>
    public void EscapeAndEndString()
    {
        EscapeFrom(_stringStart);
        EndString();
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Value(long value)
    {
        Separate();
        _output.Write(value);
    }

    /// <summary>Writes a number with decimals: 12345 of which 3 are decimals becomes 12.345.</summary>
    /// <param name="number">The number.</param><param name="decimals">How many of its digits are decimals.</param>
    public void ValueOfDecimal(long number, int decimals)
    {
        Separate();
        _output.WriteDecimal(number, decimals);
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="value">Which.</param>
    public void Value(bool value)
    {
        Separate();
        _output.Write(value ? "true" : "false");
    }

    /// <summary>Writes null.</summary>
    public void Null()
    {
        Separate();
        _output.Write("null");
    }

    /// <summary>Writes a member whose value is a string.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The string; null writes JSON's null.</param>
    public void Property(string name, string value)
    {
        Name(name);
        Value(value);
    }

    /// <summary>Writes a member whose value is a whole number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The number.</param>
    public void Property(string name, long value)
    {
        Name(name);
        Value(value);
    }

    /// <summary>Writes a member whose value is true or false.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Which of them.</param>
    public void Property(string name, bool value)
    {
        Name(name);
        Value(value);
    }

    private void Begin(char bracket)
    {
        Separate();
        _output.WriteByte((byte)bracket);
        _needsComma = false;
    }

    private void End(char bracket)
    {
        _output.WriteByte((byte)bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _output.WriteByte((byte)',');
        }

        _needsComma = true;
    }

    private void WriteQuoted(string text)
    {
        _output.WriteByte((byte)'"');
        int first = _output.Start + _output.Length;
        _output.Write(text);
        EscapeFrom(first);
        _output.WriteByte((byte)'"');
    }

    /// <summary>Escapes what was written from <paramref name="first"/> on, in place. Hardly any text needs it.</summary>
    private void EscapeFrom(int first)
    {
        byte[] buffer = _output.Buffer;
        bool[] plain = JsonText.Plain;
        int from = _output.Start + _output.Length;
        int additional = 0;
        for (int i = first; i < from; i++)
        {
            if (!plain[buffer[i]])
            {
                additional += EscapedLength(buffer[i]) - 1;
            }
        }

        if (additional == 0 || !_output.TryExtend(additional))
        {
            return;
        }

        // From the end backwards, so that nothing is overwritten before it was moved.
        int to = from + additional;
        while (to > from)
        {
            byte b = buffer[--from];
            to -= EscapedLength(b);
            WriteEscaped(b, buffer, to);
        }
    }

    private static int EscapedLength(byte b)
    {
        if (JsonText.Plain[b] || b >= 0x80)
        {
            return 1;
        }

        return ShortEscape(b) != 0 ? 2 : 6;
    }

    private static void WriteEscaped(byte b, byte[] buffer, int offset)
    {
        int length = EscapedLength(b);
        if (length == 1)
        {
            buffer[offset] = b;
            return;
        }

        buffer[offset] = (byte)'\\';
        if (length == 2)
        {
            buffer[offset + 1] = (byte)ShortEscape(b);
            return;
        }

        buffer[offset + 1] = (byte)'u';
        buffer[offset + 2] = (byte)'0';
        buffer[offset + 3] = (byte)'0';
        buffer[offset + 4] = Hex.Digit(b >> 4);
        buffer[offset + 5] = Hex.Digit(b);
    }

    /// <summary>The letter that stands for <paramref name="b"/> behind a backslash; 0 if there is none.</summary>
    private static int ShortEscape(byte b)
    {
        switch ((char)b)
        {
            case '"':
            case '\\':
                return b;
            case '\b':
                return 'b';
            case '\f':
                return 'f';
            case '\n':
                return 'n';
            case '\r':
                return 'r';
            case '\t':
                return 't';
            default:
                return 0;
        }
    }
}
