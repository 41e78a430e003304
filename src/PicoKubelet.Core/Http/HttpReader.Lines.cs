using System;

namespace PicoKubelet.Http;

// The lines of the head, and the buffer that all of a message goes through.
public sealed partial class HttpReader
{
    private bool ReadLine()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }

        int scan = _start;
        bool truncated = false;
        while (true)
        {
            for (; scan < _end; scan++)
            {
                if (_buffer[scan] == Lf)
                {
                    EndLine(scan, truncated);
                    return true;
                }
            }

            if (_end == _buffer.Length)
            {
                if (_start > 0)
                {
                    MakeRoom();
                }
                else
                {
                    truncated = true;
                    CountHead(_end - KeptOfLongLine);
                    _end = KeptOfLongLine;
                }

                scan = _end;
            }

            if (!Fill())
            {
                if (_end == _start)
                {
                    return false;
                }

                throw new HttpException(HttpError.Truncated, "line cut off");
            }
        }
    }

    private void EndLine(int lineFeed, bool truncated)
    {
        CountHead(lineFeed + 1 - _start);
        _lineStart = _start;
        _lineIsTruncated = truncated;
        _lineLength = (truncated ? KeptOfLongLine : lineFeed) - _start;
        if (_lineLength > 0 && _buffer[_lineStart + _lineLength - 1] == Cr)
        {
            _lineLength--;
        }

        _start = lineFeed + 1;
    }

    private void CountHead(int bytes)
    {
        _headLeft -= bytes;
        if (_headLeft < 0)
        {
            throw new HttpException(HttpError.HeadTooLarge, "head too large");
        }
    }

    private void MakeRoom()
    {
        Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
        _end -= _start;
        _start = 0;
    }

    private bool Refill()
    {
        _start = 0;
        _end = 0;
        return Fill();
    }

    /// <summary>Reads more behind what is there; there must be room.</summary>
    private bool Fill()
    {
        if (_clock.Milliseconds >= _deadline)
        {
            throw new HttpException(HttpError.Timeout, "deadline");
        }

        int count = _source.Read(_buffer, _end, _buffer.Length - _end);
        if (count <= 0)
        {
            return false;
        }

        BytesRead += count;
        _end += count;
        return true;
    }
}
