using PicoKubelet.Http.Server;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Reads a form (application/x-www-form-urlencoded, WHATWG URL section 5.1) as it streams by, and keeps the values of the fields
/// that are known, decoded, in one buffer. A line's end becomes a line feed.
/// </summary>
internal sealed class FormReader
{
    private const int MaxNameBytes = 24;
    private const int BlockBytes = 64;

    private readonly string[] _names;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly byte[] _name = new byte[MaxNameBytes];
    private readonly byte[] _block = new byte[BlockBytes];
    private IByteSource _source;
    private int _next;
    private int _end;
    private int _used;

    /// <summary>Initializes the reader.</summary>
    /// <param name="names">The fields that are kept.</param>
    /// <param name="maxBytes">The bound on the form. What is decoded is never longer than the form itself.</param>
    public FormReader(string[] names, int maxBytes)
    {
        _names = names;
        _starts = new int[names.Length];
        _lengths = new int[names.Length];
        Buffer = new byte[maxBytes];
        Forget();
    }

    /// <summary>Gets the buffer that the values are in.</summary>
    public byte[] Buffer { get; }

    /// <summary>Gets where a field's value begins.</summary>
    public int Start(int field)
    {
        return _starts[field];
    }

    /// <summary>Gets the length of a field's value, 0 where it was not sent.</summary>
    public int Length(int field)
    {
        return _lengths[field] < 0 ? 0 : _lengths[field];
    }

    /// <summary>Gets a field's value as a new string, empty where it was not sent.</summary>
    public string Text(int field)
    {
        return Length(field) == 0 ? string.Empty : Utf8.Encoding.GetString(Buffer, _starts[field], _lengths[field]);
    }

    /// <summary>Reads a form.</summary>
    /// <param name="source">The form, bounded.</param>
    /// <exception cref="RequestException">It is malformed.</exception>
    public void Read(IByteSource source)
    {
        Forget();
        _source = source;
        _next = 0;
        _end = 0;
        int delimiter = '&';
        while (delimiter == '&')
        {
            delimiter = ReadField();
        }

        _source = null;
    }

    /// <summary>Wipes what was read: it holds secrets.</summary>
    public void Forget()
    {
        for (int i = 0; i < _names.Length; i++)
        {
            _starts[i] = 0;
            _lengths[i] = -1;
        }

        for (int i = 0; i < _used; i++)
        {
            Buffer[i] = 0;
        }

        _used = 0;
    }

    /// <summary>Takes the white space off the ends of a value, which comes along when a text is pasted.</summary>
    public void Trim(int field)
    {
        int start = _starts[field];
        int end = start + Length(field);
        while (start < end && Buffer[start] <= ' ')
        {
            start++;
        }

        while (end > start && Buffer[end - 1] <= ' ')
        {
            end--;
        }

        _starts[field] = start;
        _lengths[field] = end - start;
    }

    private static RequestException Malformed()
    {
        return new RequestException(HttpStatus.BadRequest, "malformed form");
    }

    /// <returns>What ended the field: an ampersand, or -1 at the form's end.</returns>
    private int ReadField()
    {
        int length = 0;
        int next = ReadByte();
        while (next >= 0 && next != '=' && next != '&')
        {
            if (length < MaxNameBytes)
            {
                _name[length] = (byte)next;
            }

            length++;
            next = ReadByte();
        }

        int field = Find(length);
        return next == '=' ? ReadValue(field) : next;
    }

    private int Find(int length)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (_names[i].Length == length && AsciiText.EqualsIgnoreCase(_name, 0, length, _names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private int ReadValue(int field)
    {
        if (field >= 0 && _lengths[field] >= 0)
        {
            // Which of the two was meant, only the sender knows.
            throw Malformed();
        }

        int start = _used;
        int next = ReadByte();
        while (next >= 0 && next != '&')
        {
            int value = Decode(next);
            if (field >= 0 && value != '\r')
            {
                Buffer[_used++] = (byte)value;
            }

            next = ReadByte();
        }

        if (field >= 0)
        {
            _starts[field] = start;
            _lengths[field] = _used - start;
        }

        return next;
    }

    private int Decode(int next)
    {
        if (next == '+')
        {
            return ' ';
        }

        if (next != '%')
        {
            return next;
        }

        int value = (Hex.ValueOf(ReadByte()) << 4) | Hex.ValueOf(ReadByte());
        bool isWhite = value == '\n' || value == '\r' || value == '\t';
        if (value < ' ' && !isWhite)
        {
            // Not a digit, or a control character: on the device a text ends at a NUL, and no field has a use for the others.
            throw Malformed();
        }

        return value;
    }

    /// <returns>The next byte, or -1 at the form's end.</returns>
    private int ReadByte()
    {
        if (_next == _end)
        {
            _next = 0;
            _end = _source.Read(_block, 0, BlockBytes);
            if (_end <= 0)
            {
                _end = 0;
                return -1;
            }
        }

        int next = _block[_next++];
        if (next <= ' ' || next >= 0x7f)
        {
            // A browser encodes them.
            throw Malformed();
        }

        return next;
    }
}
