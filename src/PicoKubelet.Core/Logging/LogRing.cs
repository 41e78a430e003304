using System;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Logging;

/// <summary>
/// What a container or the board itself wrote last, line by line with times, in a ring of bytes that lives as long as whose it is.
/// Whole lines may be written by any thread, pieces by one; read by any.
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

    // The bytes before the ring in its buffer: so that it can be stored as it is, when there may be no memory for a copy.
    private readonly int _room;
    private readonly int _capacity;
    private readonly byte[] _line = new byte[MaxLineBytes];
    private readonly byte[] _head = new byte[HeadBytes];
    private readonly object _gate = new object();
    private int _lineLength;

    // Where the ring's first byte is, counted as Start is.
    private long _origin;

    /// <summary>Initializes the ring; it is empty.</summary>
    /// <param name="capacity">Its bytes; of each line ten are for its time.</param>
    /// <param name="isStored">Whether it is ever to be stored, by a <see cref="LogFile"/>.</param>
    public LogRing(int capacity, bool isStored = false)
    {
        _room = isStored ? SealedFile.HeadBytes : 0;
        _capacity = capacity;
        _ring = new byte[_room + capacity];
    }

    /// <summary>Initializes a ring with what was stored.</summary>
    /// <param name="content">Lines, the oldest first; the ring's from now on.</param>
    /// <param name="count">Their bytes.</param>
    internal LogRing(byte[] content, int count)
    {
        _ring = content;
        _capacity = content.Length;
        End = count;
    }

    /// <summary>Gets where the oldest line is, counted in bytes since the start.</summary>
    public long Start { get; private set; }

    /// <summary>Gets where the next line will be, counted in bytes since the start.</summary>
    public long End { get; private set; }

    /// <summary>Gets the most bytes that are kept.</summary>
    public int Capacity => _capacity;

    /// <summary>Gets how many lines were ended so far.</summary>
    public int Lines { get; private set; }

    /// <summary>Tells whether a line has a time: the board's own before the clock is set have none.</summary>
    /// <param name="ticks">The time that <see cref="Read"/> gave.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsTime(long ticks)
    {
        return ticks != default(DateTime).Ticks;
    }

    /// <summary>Writes text; what ends in no line feed waits for the rest of its line.</summary>
    /// <param name="buffer">Where it is, as UTF-8.</param>
    /// <param name="count">Its bytes, from the buffer's first on.</param>
    /// <param name="utc">The time.</param>
    public void Write(byte[] buffer, int count, DateTime utc)
    {
        lock (_gate)
        {
            Append(buffer, count, utc);
        }
    }

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line, without an end of line.</param>
    /// <param name="utc">The time; <c>default</c> where there is none.</param>
    public void WriteLine(string text, DateTime utc)
    {
        byte[] bytes = Utf8.Encoding.GetBytes(text);
        lock (_gate)
        {
            if (_lineLength > 0)
            {
                Add(utc, 0);
            }

            Append(bytes, bytes.Length, utc);
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

    /// <summary>Copies what waits for the rest of its line.</summary>
    /// <param name="buffer">Where it goes; <see cref="MaxLineBytes"/> at least.</param>
    /// <returns>Its bytes.</returns>
    public int CopyOpenLine(byte[] buffer)
    {
        lock (_gate)
        {
            Array.Copy(_line, buffer, _lineLength);
            return _lineLength;
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

    /// <summary>
    /// Has what there is stored: its lines, the oldest first, behind a head of <see cref="SealedFile.HeadBytes"/>. Nothing is
    /// allocated, and nothing is written meanwhile.
    /// </summary>
    /// <param name="file">What stores it.</param>
    /// <returns>Whether it was stored.</returns>
    internal bool StoreBy(LogFile file)
    {
        lock (_gate)
        {
            int first = IndexOf(Start) - _room;
            if (first > 0)
            {
                // Turned in its place: three reversals.
                Reverse(0, first);
                Reverse(first, _capacity);
                Reverse(0, _capacity);
            }

            _origin = Start;
            return file.Store(_ring, (int)(End - Start));
        }
    }

    private void Reverse(int from, int to)
    {
        int left = _room + from;
        int right = _room + to - 1;
        while (left < right)
        {
            byte b = _ring[left];
            _ring[left++] = _ring[right];
            _ring[right--] = b;
        }
    }

    private void Append(byte[] buffer, int count, DateTime utc)
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

    private int IndexOf(long position)
    {
        return _room + (int)((position - _origin) % _capacity);
    }

    private byte ByteAt(long position)
    {
        return _ring[IndexOf(position)];
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
        while (End + needed - Start > _capacity)
        {
            Start += HeadBytes + ByteAt(Start + 9);
        }

        Put(_head, HeadBytes);
        Put(_line, _lineLength);
        _lineLength = 0;
        Lines += flags;
    }

    private void Put(byte[] bytes, int count)
    {
        int at = IndexOf(End);
        int first = _ring.Length - at;
        first = first < count ? first : count;
        Array.Copy(bytes, 0, _ring, at, first);
        Array.Copy(bytes, first, _ring, _room, count - first);
        End += count;
    }
}
