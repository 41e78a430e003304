using System;
using PicoKubelet.Text;

namespace PicoKubelet.Json;

/// <summary>
/// Reads JSON (RFC 8259) as it streams by: a document of any length through one block of bytes, of which no more than the
/// current name, string or number is kept, and of that no more than the token buffer holds. Nothing is allocated but
/// what <see cref="GetString"/> and <see cref="ReadString"/> hand out.
/// <code>
/// reader.Reset(body);
/// if (reader.BeginObjectOrSkip())
/// {
///     while (reader.ReadName())
///     {
///         if (reader.NameIs("uid")) { uid = reader.ReadString(64); } else { reader.Skip(); }
///     }
/// }
/// reader.ReadToEnd();
/// </code>
/// The whole document is checked, what is skipped too. Names that occur twice are reported twice. A byte order mark in
/// front is passed over: Windows' editors put one into the settings. <c>\u0000</c> and halves of surrogate pairs
/// become U+FFFD: a string of nanoFramework ends at a NUL and can not hold the halves, and PC and device must agree.
/// </summary>
/// <remarks>After an exception, its own or the source's, only <see cref="Reset"/> makes the reader usable again.</remarks>
public sealed class JsonReader
{
    // One bit each in _arrays, and the bound of .NET's own reader. Kubernetes' objects nest far less.
    private const int MaxDepth = 64;

    private const int EndOfSource = -1;

    // What comes next.
    private const int Broken = 0;
    private const int Start = 1;
    private const int Value = 2;
    private const int Name = 3;
    private const int FirstElement = 4;
    private const int FirstName = 5;
    private const int Separator = 6;
    private const int Close = 7;
    private const int Ended = 8;

    private readonly byte[] _block;
    private readonly byte[] _token;

    private IByteSource _source;
    private int _blockStart;
    private int _position;
    private int _end;
    private bool _sourceEnded;

    private int _state;
    private int _depth;
    private ulong _arrays;
    private bool _discards;

    private JsonToken _kind;
    private int _tokenLength;
    private bool _isTruncated;
    private int _highSurrogate;

    /// <summary>Makes a reader with its two buffers.</summary>
    /// <param name="blockSize">The bytes asked from the source at a time; at least 1.</param>
    /// <param name="tokenSize">The bytes of a name, string or number that are kept at most.</param>
    public JsonReader(int blockSize, int tokenSize)
    {
        _block = new byte[blockSize];
        _token = new byte[tokenSize];
    }

    /// <summary>What was read last.</summary>
    public JsonToken Token => _kind;

    /// <summary>How many objects and arrays are open.</summary>
    public int Depth => _depth;

    /// <summary>The bytes of the document that were consumed.</summary>
    public int Position => _blockStart + _position;

    /// <summary>
    /// Whether the current name, string or number was longer than what is kept of it: its beginning, up to the last whole
    /// character that fitted.
    /// </summary>
    public bool IsTruncated => _isTruncated;

    /// <summary>Begins another document.</summary>
    /// <param name="source">Where it comes from.</param>
    public void Reset(IByteSource source)
    {
        _source = source;
        _blockStart = 0;
        _position = 0;
        _end = 0;
        _sourceEnded = false;
        _state = Start;
        _depth = 0;
        _discards = false;
        Forget();
    }

    /// <summary>Reads the next token.</summary>
    /// <returns>The token; <see cref="JsonToken.End"/> once the document is over, however often it is asked.</returns>
    /// <exception cref="JsonException">The document is malformed, cut short or nested deeper than 64.</exception>
    public JsonToken Read()
    {
        int next = MoveToNext();
        switch (_state)
        {
            case Close:
                ReadClose();
                break;
            case Name:
                ReadMemberName(next);
                break;
            case Ended:
                _kind = JsonToken.End;
                break;
            default:
                ReadValue(next);
                break;
        }

        return _kind;
    }

    /// <summary>
    /// Reads the next member's name within an object. The value of the member before it, if nobody read it, is skipped.
    /// </summary>
    /// <returns>True at a name; false at the object's end, which is consumed.</returns>
    /// <exception cref="JsonException">The document is malformed, or this is not within an object.</exception>
    public bool ReadName()
    {
        if (IsValueDue)
        {
            Skip();
        }

        Read();
        if (_kind != JsonToken.Name && _kind != JsonToken.EndObject)
        {
            throw Fault("name expected");
        }

        return _kind == JsonToken.Name;
    }

    /// <summary>
    /// Moves to the next element within an array, so that it can be read like the value of a member. The element before it,
    /// if nobody read it, is skipped.
    /// </summary>
    /// <returns>True before an element; false at the array's end, which is consumed.</returns>
    /// <exception cref="JsonException">The document is malformed, or this is not within an array.</exception>
    public bool NextElement()
    {
        if (IsValueDue)
        {
            Skip();
        }

        MoveToNext();
        if (_depth == 0 || !IsInArray)
        {
            throw Fault("not in an array");
        }

        if (_state == Close)
        {
            ReadClose();
            return false;
        }

        return true;
    }

    /// <summary>Enters the next value if it is an object; anything else, null too, is skipped whole.</summary>
    /// <returns>Whether the reader is within the object now, to go on with <see cref="ReadName"/>.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool BeginObjectOrSkip()
    {
        return ReadOrSkip(JsonToken.BeginObject);
    }

    /// <summary>Enters the next value if it is an array; anything else, null too, is skipped whole.</summary>
    /// <returns>Whether the reader is within the array now, to go on with <see cref="NextElement"/>.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool BeginArrayOrSkip()
    {
        return ReadOrSkip(JsonToken.BeginArray);
    }

    /// <summary>Reads the next value if it is a string; anything else, null too, is skipped whole.</summary>
    /// <param name="maxBytes">
    /// How many bytes of it to keep; the token buffer is a bound as well. <see cref="IsTruncated"/> says whether it was longer.
    /// </param>
    /// <returns>The string's beginning; null if the value is none. <see cref="Token"/> tells null from other types.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public string ReadString(int maxBytes)
    {
        if (!ReadOrSkip(JsonToken.String))
        {
            return null;
        }

        Truncate(maxBytes);
        return GetString();
    }

    /// <summary>Reads the next value if it is a whole number within range; anything else, null too, is skipped whole.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns>Whether it was one.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool TryReadInt64(out long value)
    {
        ReadOrSkip(JsonToken.Number);
        return TryGetInt64(out value);
    }

    /// <summary>Reads the next value if it is true or false; anything else, null too, is skipped whole.</summary>
    /// <param name="value">Whether it was true.</param>
    /// <returns>Whether it was one of the two.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool TryReadBoolean(out bool value)
    {
        value = ReadOrSkip(JsonToken.True);
        return value || _kind == JsonToken.False;
    }

    /// <summary>
    /// Passes over a value without keeping anything of it: the one that follows a name or <see cref="NextElement"/>, or the
    /// rest of the object or array that was begun right before. Does nothing after any other token.
    /// </summary>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public void Skip()
    {
        _discards = true;
        if (_state == Value || _state == Start || _state == Broken)
        {
            Read();
        }

        SkipContainer();
        _discards = false;
        Forget();
    }

    /// <summary>Consumes the rest of the document, and checks it.</summary>
    /// <exception cref="JsonException">The document is malformed, or something follows it.</exception>
    public void ReadToEnd()
    {
        _discards = true;
        while (_state != Ended)
        {
            Read();
        }

        _discards = false;
        Forget();
        _kind = JsonToken.End;
    }

    /// <summary>Compares the current name.</summary>
    /// <param name="ascii">The name to compare with; one with other characters than ASCII's never matches.</param>
    /// <returns>Whether it is the same; false if it is truncated or the current token is no name.</returns>
    public bool NameIs(string ascii)
    {
        return _kind == JsonToken.Name && TextIs(ascii);
    }

    /// <summary>Compares the current string, or a number's text.</summary>
    /// <param name="ascii">The text to compare with; one with other characters than ASCII's never matches.</param>
    /// <returns>Whether it is the same; false if it is truncated or the current token is neither.</returns>
    public bool ValueIs(string ascii)
    {
        return (_kind == JsonToken.String || _kind == JsonToken.Number) && TextIs(ascii);
    }

    /// <summary>Makes a string of what is kept of the current name, string or number.</summary>
    /// <returns>The string; null if the current token is none of these.</returns>
    public string GetString()
    {
        if (!HasText)
        {
            return null;
        }

        return _tokenLength == 0 ? "" : Utf8.Encoding.GetString(_token, 0, _tokenLength);
    }

    /// <summary>Reads the current number, which has neither fraction nor exponent, as a long.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns>Whether the current token is such a number and within range.</returns>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (_kind != JsonToken.Number || _isTruncated)
        {
            return false;
        }

        bool isNegative = _token[0] == '-';
        long negated = 0;
        for (int i = isNegative ? 1 : 0; i < _tokenLength; i++)
        {
            int digit = _token[i] - '0';
            if (digit < 0 || digit > 9 || negated < (long.MinValue + digit) / 10)
            {
                return false;
            }

            // Counted downwards, since the smallest long has no positive counterpart.
            negated = (negated * 10) - digit;
        }

        if (!isNegative && negated == long.MinValue)
        {
            return false;
        }

        value = isNegative ? negated : -negated;
        return true;
    }

    /// <summary>Writes what is kept of the current name, string or number, decoded.</summary>
    /// <param name="output">Where it goes.</param>
    public void CopyTo(Utf8Writer output)
    {
        if (HasText)
        {
            output.Write(_token, 0, _tokenLength);
        }
    }

    private bool HasText => _kind == JsonToken.Name || _kind == JsonToken.String || _kind == JsonToken.Number;

    private bool IsInArray => (_arrays & 1) != 0;

    private bool IsValueDue => _state == Value && _depth > 0;

    /// <summary>Reads the next value and passes over it if it is of another kind.</summary>
    private bool ReadOrSkip(JsonToken expected)
    {
        if (Read() == expected)
        {
            return true;
        }

        _discards = true;
        SkipContainer();
        _discards = false;
        return false;
    }

    private void SkipContainer()
    {
        if (_kind != JsonToken.BeginObject && _kind != JsonToken.BeginArray)
        {
            return;
        }

        int outside = _depth - 1;
        while (_depth > outside)
        {
            Read();
        }
    }

    private void Forget()
    {
        _kind = JsonToken.None;
        _tokenLength = 0;
        _isTruncated = false;
    }

    /// <summary>Passes white space and a comma; leaves in _state which kind of token comes. Returns the byte that it begins with.</summary>
    private int MoveToNext()
    {
        if (_state == Broken)
        {
            throw Fault("reader not reset");
        }

        Forget();
        int next = SkipWhiteSpace();
        switch (_state)
        {
            case Start:
                next = SkipByteOrderMark(next);
                _state = Value;
                break;
            case FirstElement:
                _state = next == ']' ? Close : Value;
                break;
            case FirstName:
                _state = next == '}' ? Close : Name;
                break;
            case Separator:
                next = SkipSeparator(next);
                break;
        }

        return next;
    }

    private int SkipSeparator(int next)
    {
        if (_depth == 0)
        {
            if (next != EndOfSource)
            {
                throw Fault("end expected");
            }

            _state = Ended;
            return next;
        }

        if (next == (IsInArray ? ']' : '}'))
        {
            _state = Close;
            return next;
        }

        if (next != ',')
        {
            throw Unexpected(next, "comma expected");
        }

        _position++;
        _state = IsInArray ? Value : Name;
        return SkipWhiteSpace();
    }

    private void ReadValue(int first)
    {
        switch (first)
        {
            case '{':
                Open(JsonToken.BeginObject);
                return;
            case '[':
                Open(JsonToken.BeginArray);
                return;
            case '"':
                _position++;
                ReadText();
                _kind = JsonToken.String;
                break;
            case 't':
                ReadLiteral("true", JsonToken.True);
                break;
            case 'f':
                ReadLiteral("false", JsonToken.False);
                break;
            case 'n':
                ReadLiteral("null", JsonToken.Null);
                break;
            default:
                ReadNumber(first);
                break;
        }

        _state = Separator;
    }

    private void Open(JsonToken kind)
    {
        if (_depth == MaxDepth)
        {
            throw Fault("nested too deeply");
        }

        bool isArray = kind == JsonToken.BeginArray;
        _position++;
        _depth++;
        _arrays = (_arrays << 1) | (isArray ? 1UL : 0UL);
        _state = isArray ? FirstElement : FirstName;
        _kind = kind;
    }

    private void ReadClose()
    {
        _kind = IsInArray ? JsonToken.EndArray : JsonToken.EndObject;
        _position++;
        _depth--;
        _arrays >>= 1;
        _state = Separator;
    }

    private void ReadMemberName(int first)
    {
        if (first != '"')
        {
            throw Unexpected(first, "name expected");
        }

        _position++;
        ReadText();
        int next = SkipWhiteSpace();
        if (next != ':')
        {
            throw Unexpected(next, "colon expected");
        }

        _position++;
        _kind = JsonToken.Name;
        _state = Value;
    }

    private void ReadLiteral(string literal, JsonToken kind)
    {
        for (int i = 0; i < literal.Length; i++)
        {
            int next = Peek();
            if (next != literal[i])
            {
                throw Unexpected(next, "value expected");
            }

            _position++;
        }

        _kind = kind;
    }

    private void ReadNumber(int next)
    {
        if (next != '-' && !IsDigit(next))
        {
            throw Unexpected(next, "value expected");
        }

        if (next == '-')
        {
            next = Keep(next);
        }

        next = next == '0' ? Keep(next) : KeepDigits(next);
        if (next == '.')
        {
            next = KeepDigits(Keep(next));
        }

        if (next == 'e' || next == 'E')
        {
            next = Keep(next);
            if (next == '+' || next == '-')
            {
                next = Keep(next);
            }

            KeepDigits(next);
        }

        _kind = JsonToken.Number;
    }

    private int KeepDigits(int next)
    {
        if (!IsDigit(next))
        {
            throw Unexpected(next, "digit expected");
        }

        while (IsDigit(next))
        {
            next = Keep(next);
        }

        return next;
    }

    private static bool IsDigit(int b)
    {
        return b >= '0' && b <= '9';
    }

    /// <summary>Keeps the byte at the position, which is an ASCII character, and returns the one after it.</summary>
    private int Keep(int ascii)
    {
        Append(ascii);
        _position++;
        return Peek();
    }

    /// <summary>Reads a name or a string behind its opening quotation mark.</summary>
    private void ReadText()
    {
        _highSurrogate = 0;
        while (true)
        {
            if (Peek() == EndOfSource)
            {
                throw Fault("cut short");
            }

            ReadPlain();
            if (_position == _end)
            {
                continue;
            }

            int special = _block[_position];
            if (special == '\\')
            {
                _position++;
                ReadEscape();
                continue;
            }

            EndSurrogate();
            if (special == '"')
            {
                _position++;
                return;
            }

            ReadMultiByte(special);
        }
    }

    /// <summary>Reads the bytes of the block that stand for themselves.</summary>
    private void ReadPlain()
    {
        // Locals and one array look-up a byte: nearly all of a document passes here.
        byte[] block = _block;
        bool[] plain = JsonText.Plain;
        int end = _end;
        int first = _position;
        int position = first;
        while (position < end && plain[block[position]])
        {
            position++;
        }

        _position = position;
        if (position == first)
        {
            return;
        }

        EndSurrogate();
        int count = position - first;
        int room = Room();
        if (count > room)
        {
            count = room;
            _isTruncated = !_discards;
        }

        if (count > 0)
        {
            Array.Copy(block, first, _token, _tokenLength, count);
            _tokenLength += count;
        }
    }

    private void ReadEscape()
    {
        int letter = Take();
        if (letter == 'u')
        {
            ReadUnicodeEscape();
            return;
        }

        EndSurrogate();
        switch (letter)
        {
            case '"':
            case '\\':
            case '/':
                Append(letter);
                break;
            case 'b':
                Append('\b');
                break;
            case 'f':
                Append('\f');
                break;
            case 'n':
                Append('\n');
                break;
            case 'r':
                Append('\r');
                break;
            case 't':
                Append('\t');
                break;
            default:
                throw Fault("unknown escape");
        }
    }

    private void ReadUnicodeEscape()
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            unit = (unit << 4) | HexDigit(Take());
        }

        if (_highSurrogate != 0 && Utf8.IsLowSurrogate(unit))
        {
            Append(Utf8.Combine(_highSurrogate, unit));
            _highSurrogate = 0;
            return;
        }

        EndSurrogate();
        if (Utf8.IsHighSurrogate(unit))
        {
            _highSurrogate = unit;
            return;
        }

        Append(unit == 0 || Utf8.IsLowSurrogate(unit) ? Utf8.ReplacementCharacter : unit);
    }

    private int HexDigit(int b)
    {
        if (IsDigit(b))
        {
            return b - '0';
        }

        int letter = b | 0x20;
        if (letter < 'a' || letter > 'f')
        {
            throw Fault("hex digit expected");
        }

        return letter - 'a' + 10;
    }

    /// <summary>A first half that no second half followed.</summary>
    private void EndSurrogate()
    {
        if (_highSurrogate != 0)
        {
            _highSurrogate = 0;
            Append(Utf8.ReplacementCharacter);
        }
    }

    /// <summary>Reads one character of several bytes; the Unicode Standard's table 3-7 says which are well-formed.</summary>
    private void ReadMultiByte(int lead)
    {
        if (lead < 0x80)
        {
            throw Fault("control character");
        }

        if (lead < 0xC2 || lead > 0xF4)
        {
            throw Fault("not UTF-8");
        }

        _position++;
        int following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        int codePoint = lead & (0x3F >> following);
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 0; i < following; i++)
        {
            int b = Take();
            if (b < lowest || b > highest)
            {
                throw Fault("not UTF-8");
            }

            codePoint = (codePoint << 6) | (b & 0x3F);
            lowest = 0x80;
            highest = 0xBF;
        }

        Append(codePoint);
    }

    private int Room()
    {
        return _discards || _isTruncated ? 0 : _token.Length - _tokenLength;
    }

    private void Append(int codePoint)
    {
        if (Utf8.SequenceLength(codePoint) <= Room())
        {
            _tokenLength += Utf8.Encode(codePoint, _token, _tokenLength);
        }
        else
        {
            _isTruncated = !_discards;
        }
    }

    private void Truncate(int maxBytes)
    {
        if (_tokenLength <= maxBytes)
        {
            return;
        }

        // Back to where a character begins: the others' bytes are 10xxxxxx.
        int length = maxBytes;
        while (length > 0 && (_token[length] & 0xC0) == 0x80)
        {
            length--;
        }

        _tokenLength = length;
        _isTruncated = true;
    }

    private bool TextIs(string ascii)
    {
        if (_isTruncated || ascii.Length != _tokenLength)
        {
            return false;
        }

        for (int i = 0; i < _tokenLength; i++)
        {
            int b = _token[i];
            if (b != ascii[i] || b >= 0x80)
            {
                return false;
            }
        }

        return true;
    }

    private int SkipWhiteSpace()
    {
        int next = Peek();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t')
        {
            _position++;
            next = Peek();
        }

        return next;
    }

    private int SkipByteOrderMark(int next)
    {
        if (next != 0xEF || Position > 0)
        {
            return next;
        }

        _position++;
        if (Take() != 0xBB || Take() != 0xBF)
        {
            throw Fault("value expected");
        }

        return SkipWhiteSpace();
    }

    private int Take()
    {
        int next = Peek();
        if (next == EndOfSource)
        {
            throw Fault("cut short");
        }

        _position++;
        return next;
    }

    private int Peek()
    {
        return _position < _end || Fill() ? _block[_position] : EndOfSource;
    }

    private bool Fill()
    {
        if (_sourceEnded)
        {
            return false;
        }

        // A source that throws leaves the reader unusable, as a fault does.
        int state = _state;
        _state = Broken;
        int count = _source.Read(_block, 0, _block.Length);
        _state = state;
        if (count <= 0)
        {
            _sourceEnded = true;
            return false;
        }

        _blockStart += _end;
        _position = 0;
        _end = count;
        return true;
    }

    /// <summary>The document ends too early, or goes on with something else than <paramref name="message"/> says.</summary>
    private JsonException Unexpected(int next, string message)
    {
        return Fault(next == EndOfSource ? "cut short" : message);
    }

    private JsonException Fault(string message)
    {
        _state = Broken;
        _kind = JsonToken.None;
        return new JsonException(message, Position);
    }
}
