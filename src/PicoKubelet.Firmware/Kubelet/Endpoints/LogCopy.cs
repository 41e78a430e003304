using System;
using PicoKubelet.Http.Server;
using PicoKubelet.Programs;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Copies what somebody wants of a log into an answer, and goes on where it was when there is more.</summary>
internal sealed class LogCopy
{
    // A line with its time and its end.
    private const int PieceBytes = LogRing.MaxLineBytes + 32;

    private readonly LogRing _log;
    private readonly LogQuery _query;
    private readonly byte[] _line = new byte[LogRing.MaxLineBytes];
    private readonly long _since;
    private long _position;
    private int _left;
    private bool _isWithinLine;

    /// <summary>Begins to copy.</summary>
    /// <param name="log">The log.</param>
    /// <param name="query">What of it.</param>
    /// <param name="now">The time, UTC.</param>
    public LogCopy(LogRing log, LogQuery query, DateTime now)
    {
        _log = log;
        _query = query;
        _left = query.LimitBytes < 0 ? int.MaxValue : query.LimitBytes;
        _since = query.SinceSeconds < 0 ? query.SinceTicks : now.Ticks - (query.SinceSeconds * TimeSpan.TicksPerSecond);
        if (query.TailLines >= 0)
        {
            SkipTo(query.TailLines);
        }
    }

    /// <summary>Gets whether no more bytes are wanted.</summary>
    public bool IsFull => _left == 0;

    /// <summary>Copies what there is by now.</summary>
    /// <param name="answer">Where to.</param>
    public void Write(ServerAnswer answer)
    {
        int length;
        while (_left > 0 && (length = _log.Read(ref _position, _line, out long ticks, out bool endsLine)) >= 0)
        {
            if (ticks < _since)
            {
                continue;
            }

            answer.Checkpoint(PieceBytes);
            if (_query.HasTimestamps && !_isWithinLine)
            {
                Timestamp.WriteMicro(answer.Text, new DateTime(ticks));
                answer.Text.WriteByte((byte)' ');
            }

            length = length < _left ? length : _left;
            answer.Text.Write(_line, 0, length);
            Count(length);
            if (endsLine && _left > 0)
            {
                answer.Text.WriteByte((byte)'\n');
                Count(1);
            }

            _isWithinLine = !endsLine;
        }
    }

    private void Count(int bytes)
    {
        if (_left != int.MaxValue)
        {
            _left -= bytes;
        }
    }

    /// <summary>Moves to where so many lines are left.</summary>
    private void SkipTo(int lines)
    {
        int skip = CountLines() - lines;
        while (skip > 0 && _log.Read(ref _position, _line, out long ticks, out bool endsLine) >= 0)
        {
            skip -= endsLine && ticks >= _since ? 1 : 0;
        }
    }

    private int CountLines()
    {
        int lines = 0;
        bool isWithin = false;
        long position = 0;
        while (_log.Read(ref position, _line, out long ticks, out bool endsLine) >= 0)
        {
            if (ticks >= _since)
            {
                lines += endsLine ? 1 : 0;
                isWithin = !endsLine;
            }
        }

        return lines + (isWithin ? 1 : 0);
    }
}
