using System;
using PicoKubelet.Text;

namespace PicoKubelet.Json;

// Strings of any length, piece by piece.
public sealed partial class JsonReader
{
    private IByteSink _sink;

    /// <summary>
    /// Reads the next value if it is a string, as UTF-8 and piece by piece, each as large as the token buffer at most: for strings of any
    /// length. A <c>\u0000</c> in it is a NUL. Anything else, null too, is skipped whole.
    /// </summary>
    /// <param name="sink">Takes the pieces. What it throws ends the reading.</param>
    /// <returns>Whether the value is a string.</returns>
    /// <exception cref="JsonException">The document is malformed.</exception>
    public bool ReadStringTo(IByteSink sink)
    {
        // Not the text of a number, nor what is skipped.
        _sink = MoveToNext() == '"' ? sink : null;
        try
        {
            bool isString = ReadOrSkip(JsonToken.String);
            if (isString && _tokenLength > 0)
            {
                Drain();
            }

            return isString;
        }
        finally
        {
            _sink = null;
            _tokenLength = 0;
        }
    }

    private void Drain()
    {
        _sink.Write(_token, 0, _tokenLength);
        _tokenLength = 0;
    }

    /// <summary>Appends a piece of a block that does not fit the token buffer.</summary>
    private void AppendDrained(byte[] block, int first, int count)
    {
        while (count > 0)
        {
            int take = _token.Length - _tokenLength;
            take = take < count ? take : count;
            Array.Copy(block, first, _token, _tokenLength, take);
            _tokenLength += take;
            first += take;
            count -= take;
            if (_tokenLength == _token.Length)
            {
                Drain();
            }
        }
    }
}
