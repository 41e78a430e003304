namespace PicoKubelet.Json;

// The bytes, one at a time, and what is wrong with them.
public sealed partial class JsonReader
{
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

        if (_blockStart + _end >= MaxPosition)
        {
            throw Fault("too long");
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
