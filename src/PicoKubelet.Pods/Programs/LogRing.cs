using System;
using PicoKubelet.Text;

namespace PicoKubelet.Programs;

/// <summary>
/// What a container wrote last, line by line with times, in a ring of bytes that lives as long as the container. Written by one thread,
/// read by any.
/// </summary>
public sealed class LogRing
{
    /// <summary>The bytes of the longest line; a longer one is kept in pieces.</summary>
    public const int MaxLineBytes = 128;

    private const byte LineFeed = 10;

    // Eight bytes of time, one that says whether a line ends here, one of length.
    private const int HeadBytes = 10;
    private const int EndsLine = 1;

    private readonly byte[] _ring;
    private readonly byte[] _line = new byte[MaxLineBytes];
    private readonly byte[] _head = new byte[HeadBytes];
    private readonly object _gate = new object();
    private int _lineLength;

    /// <summary>Initializes the ring; it is empty.</summary>
    /// <param name="capacity">Its bytes; of each line ten are for its time.</param>
    public LogRing(int capacity)
    {
        _ring = new byte[capacity];
    }

    /// <summary>Gets where the oldest line is, counted in bytes since the start.</summary>
    public long Start { get; private set; }

    /// <summary>Gets where the next line will be, counted in bytes since the start.</summary>
    public long End { get; private set; }

    /// <summary>Writes text; what ends in no line feed waits for the rest of its line.</summary>
    /// <param name="buffer">Where it is, as UTF-8.</param>
    /// <param name="count">Its bytes, from the buffer's first on.</param>
    /// <param name="utc">The time.</param>
    public void Write(byte[] buffer, int count, DateTime utc)
    {
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                if (buffer[i] == LineFeed)
                {
                    Add(utc, EndsLine);
                    continue;
                }

                if (_lineLength == MaxLineBytes)
                {
                    Add(utc, 0);
                }

                _line[_lineLength++] = buffer[i];
            }
        }
    }

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line; of a longer one its beginning.</param>
    /// <param name="utc">The time.</param>
    public void WriteLine(string text, DateTime utc)
    {
        byte[] bytes = Utf8.Encoding.GetBytes(text);
        EndLine(utc);
        Write(bytes, bytes.Length, utc);
        lock (_gate)
        {
            Add(utc, EndsLine);
        }
    }

    /// <summary>Ends a line that has no line feed yet, as at the end of its program.</summary>
    /// <param name="utc">The time.</param>
    public void EndLine(DateTime utc)
    {
        lock (_gate)
        {
            if (_lineLength > 0)
            {
                Add(utc, 0);
            }
        }
    }

    /// <summary>Reads a line, or a piece of one.</summary>
    /// <param name="position">Where to read; moves on to the next line. What is gone by now is passed over.</param>
    /// <param name="buffer">Where the text goes; <see cref="MaxLineBytes"/> at least.</param>
    /// <param name="ticks">The line's time, in <see cref="DateTime.Ticks"/>.</param>
    /// <param name="endsLine">Whether a line feed follows.</param>
    /// <returns>The text's bytes, or -1 where there is no more.</returns>
    public int Read(ref long position, byte[] buffer, out long ticks, out bool endsLine)
    {
        lock (_gate)
        {
            position = position < Start ? Start : position;
            ticks = 0;
            endsLine = false;
            if (position >= End)
            {
                return -1;
            }

            for (int i = 0; i < 8; i++)
            {
                ticks = (ticks << 8) | ByteAt(position + i);
            }

            endsLine = ByteAt(position + 8) == EndsLine;
            int length = ByteAt(position + 9);
            for (int i = 0; i < length; i++)
            {
                buffer[i] = ByteAt(position + HeadBytes + i);
            }

            position += HeadBytes + length;
            return length;
        }
    }

    private byte ByteAt(long position)
    {
        return _ring[(int)(position % _ring.Length)];
    }

    private void Add(DateTime utc, int flags)
    {
        long ticks = utc.Ticks;
        for (int i = 7; i >= 0; i--)
        {
            _head[i] = (byte)ticks;
            ticks >>= 8;
        }

        _head[8] = (byte)flags;
        _head[9] = (byte)_lineLength;
        int needed = HeadBytes + _lineLength;
        while (End + needed - Start > _ring.Length)
        {
            Start += HeadBytes + ByteAt(Start + 9);
        }

        Put(_head, HeadBytes);
        Put(_line, _lineLength);
        _lineLength = 0;
    }

    private void Put(byte[] bytes, int count)
    {
        int at = (int)(End % _ring.Length);
        int first = _ring.Length - at;
        first = first < count ? first : count;
        Array.Copy(bytes, 0, _ring, at, first);
        Array.Copy(bytes, first, _ring, 0, count - first);
        End += count;
    }
}
