using System;
using PicoKubelet.Text;

namespace PicoKubelet.Http;

// The body, as a stream of bytes: with a length, in chunks, or until the connection is closed.
public sealed partial class HttpReader
{
    // A chunk's size: eight hexadecimal digits are 4 GiB.
    private const int MaxChunkSizeDigits = 8;

    // For a chunk's size with its extensions, and the trailers behind the last one.
    private const int MaxTrailerBytes = 1024;

    private bool _isChunked;
    private long _contentLength;
    private long _bodyLeft;
    private bool _bodyEnded;
    private bool _untilClose;

    /// <summary>Begins the body of a message whose head was read.</summary>
    /// <param name="untilClose">Whether a body without a length goes on until the connection is closed (a reply's), or is empty (a request's).</param>
    public void BeginBody(bool untilClose)
    {
        _bodyEnded = false;
        _untilClose = false;
        if (_isChunked)
        {
            _bodyLeft = 0;
        }
        else if (_contentLength >= 0)
        {
            _bodyLeft = _contentLength;
            _bodyEnded = _contentLength == 0;
        }
        else if (untilClose)
        {
            _bodyLeft = long.MaxValue;
            _untilClose = true;
        }
        else
        {
            _bodyEnded = true;
        }
    }

    /// <summary>
    /// Begins the body of a message that has none, whatever its head says: a reply to HEAD, or one with status 1xx, 204 or 304
    /// (RFC 9112 section 6.3).
    /// </summary>
    public void BeginNoBody()
    {
        _bodyEnded = true;
        _untilClose = false;
    }

    /// <summary>Reads the body.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">The first place to fill.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <returns>How many bytes were read; 0 at the body's end.</returns>
    /// <exception cref="HttpException">The body was cut off, came too late or is malformed.</exception>
    public int Read(byte[] buffer, int offset, int count)
    {
        return HasBody() ? Take(buffer, offset, Available(count)) : 0;
    }

    /// <summary>Reads the body as <see cref="Read"/> does, but not past the end of a line: a line feed is the last byte then.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">The first place to fill.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <returns>How many bytes were read; 0 at the body's end.</returns>
    /// <exception cref="HttpException">The body was cut off, came too late or is malformed.</exception>
    public int ReadWithinLine(byte[] buffer, int offset, int count)
    {
        if (!HasBody())
        {
            return 0;
        }

        int take = Available(count);
        for (int i = 0; i < take; i++)
        {
            if (_buffer[_start + i] == Lf)
            {
                take = i + 1;
            }
        }

        return Take(buffer, offset, take);
    }

    /// <summary>Waits for the next byte of the body.</summary>
    /// <returns>Whether there is one; false at the body's end.</returns>
    /// <exception cref="HttpException">The body was cut off, came too late or is malformed.</exception>
    public bool HasBody()
    {
        if (!_bodyEnded && _isChunked && _bodyLeft == 0)
        {
            // A watch waits for hours, and it does so here: each call further down would take 200 bytes of a device's heap all the while.
            if (_start == _end && !Refill())
            {
                throw new HttpException(HttpError.Truncated, "body cut off");
            }

            BeginChunk();
        }

        if (_bodyEnded)
        {
            return false;
        }

        if (_start < _end || Refill())
        {
            return true;
        }

        if (!_untilClose)
        {
            throw new HttpException(HttpError.Truncated, "body cut off");
        }

        _bodyEnded = true;
        return false;
    }

    /// <summary>Reads and forgets what is left of the body.</summary>
    /// <param name="limit">The most bytes worth the time; beyond them, closing the connection is cheaper.</param>
    /// <returns>Whether the body's end was reached.</returns>
    /// <exception cref="HttpException">The body was cut off, came too late or is malformed.</exception>
    public bool Drain(int limit)
    {
        while (limit > 0)
        {
            if (!_bodyEnded && _isChunked && _bodyLeft == 0)
            {
                BeginChunk();
            }

            if (_bodyEnded)
            {
                return true;
            }

            if (_start == _end && !Refill())
            {
                _bodyEnded = true;
                return _untilClose;
            }

            int take = _end - _start;
            if (take > _bodyLeft)
            {
                take = (int)_bodyLeft;
            }

            limit -= take;
            Consume(take);
        }

        return _bodyEnded;
    }

    /// <returns>How many of the bytes that are there belong to the body, and at most as many as are wanted.</returns>
    private int Available(int count)
    {
        int available = _end - _start;
        if (available > count)
        {
            available = count;
        }

        return available > _bodyLeft ? (int)_bodyLeft : available;
    }

    private int Take(byte[] buffer, int offset, int count)
    {
        Array.Copy(_buffer, _start, buffer, offset, count);
        Consume(count);
        return count;
    }

    private void Consume(int count)
    {
        _start += count;
        if (_untilClose)
        {
            return;
        }

        _bodyLeft -= count;
        if (_bodyLeft > 0)
        {
            return;
        }

        if (_isChunked)
        {
            EndChunk();
        }
        else
        {
            _bodyEnded = true;
        }
    }

    private void BeginChunk()
    {
        _headLeft = MaxTrailerBytes;
        ReadBodyLine();
        long size = 0;
        int digits = 0;
        for (int i = 0; i < _lineLength; i++)
        {
            int digit = Hex.ValueOf(_buffer[_lineStart + i]);
            if (digit < 0)
            {
                break;
            }

            size = (size << 4) | (long)digit;
            digits++;
        }

        // What may follow the size: nothing, white space, or an extension after a semicolon.
        byte next = LineByte(digits);
        if (digits == 0 || digits > MaxChunkSizeDigits || (digits < _lineLength && next != ';' && !AsciiText.IsBlank(next)))
        {
            throw new HttpException(HttpError.Malformed, "chunk size");
        }

        if (size > 0)
        {
            _bodyLeft = size;
            return;
        }

        do
        {
            ReadBodyLine();
        }
        while (_lineLength > 0);
        _bodyEnded = true;
    }

    private void EndChunk()
    {
        _headLeft = MaxTrailerBytes;
        ReadBodyLine();
        if (_lineLength != 0)
        {
            throw new HttpException(HttpError.Malformed, "chunk longer than its size");
        }
    }

    private void ReadBodyLine()
    {
        if (!ReadLine())
        {
            throw new HttpException(HttpError.Truncated, "body cut off");
        }
    }
}
