namespace PicoKubelet.Json;

// Walking a document by its members and elements.
public sealed partial class JsonReader
{
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

    /// <summary>Reads as <see cref="ReadString(int)"/> does, and makes no new string of one that is there already.</summary>
    /// <param name="maxBytes">How many bytes of it to keep.</param>
    /// <param name="last">The string that it may be, ASCII, or null.</param>
    /// <returns>The string's beginning, or <paramref name="last"/> itself where it is the same; null if the value is no string.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public string ReadString(int maxBytes, string last)
    {
        if (!ReadOrSkip(JsonToken.String))
        {
            return null;
        }

        Truncate(maxBytes);
        return last != null && ValueIs(last) ? last : GetString();
    }

    /// <summary>Reads the next value and compares it; one that is no string is skipped whole. No string is made.</summary>
    /// <param name="ascii">What to compare with, ASCII.</param>
    /// <returns>Whether the value is this string.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool ReadIs(string ascii)
    {
        return ReadOrSkip(JsonToken.String) && ValueIs(ascii);
    }

    /// <summary>
    /// Reads the next value if it is a string, into a buffer of the caller's: for strings that are longer than what the
    /// reader keeps. Anything else, null too, is skipped whole.
    /// </summary>
    /// <param name="buffer">
    /// Where the string goes, as UTF-8; its length is the bound. <see cref="IsTruncated"/> says whether the string was longer.
    /// </param>
    /// <param name="length">How many bytes there are in the buffer; 0 if the value is no string.</param>
    /// <returns>Whether the value is a string.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool ReadStringInto(byte[] buffer, out int length)
    {
        _token = buffer;
        try
        {
            bool isString = ReadOrSkip(JsonToken.String);
            length = isString ? _tokenLength : 0;
            return isString;
        }
        finally
        {
            _token = _ownToken;
            _tokenLength = 0;
        }
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
}
