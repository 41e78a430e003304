namespace PicoKubelet.Json;

// Objects, arrays, literals and numbers.
public sealed partial class JsonReader
{
    private bool IsInArray => (_arrays & 1) != 0;

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
}
