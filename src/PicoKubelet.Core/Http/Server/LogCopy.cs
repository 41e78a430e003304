using System;
using System.Threading;
using PicoKubelet.Logging;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Http.Server;

/// <summary>Copies what somebody wants of a log into an answer, and goes on where it was when there is more.</summary>
public sealed class LogCopy
{
    // A line with its time and its end.
    private const int PieceBytes = LogRing.MaxLineBytes + 32;
    private const int FollowMilliseconds = 200;

    private readonly LogRing _log;
    private readonly LogQuery _query;
    private readonly byte[] _line = new byte[LogRing.MaxLineBytes];
    private readonly bool _isLogfmt;
    private readonly long _since;
    private long _position;
    private int _left;
    private bool _isWithinLine;

    /// <summary>Begins to copy.</summary>
    /// <param name="log">The log.</param>
    /// <param name="query">What of it.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="isLogfmt">Whether each line gets its time as logfmt has it, <c>time=…</c>, rather than where the query wants it.</param>
    public LogCopy(LogRing log, LogQuery query, DateTime now, bool isLogfmt = false)
    {
        _isLogfmt = isLogfmt;
        _log = log;
        _query = query;
        _left = query.LimitBytes < 0 ? int.MaxValue : query.LimitBytes;
        _since = query.SinceSeconds < 0 ? query.SinceTicks : now.Ticks - (query.SinceSeconds * TimeSpan.TicksPerSecond);
        if (query.TailLines >= 0)
        {
            SkipTo(query.TailLines);
        }
    }

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
            if (!_isWithinLine)
            {
                WriteTime(answer.Text, ticks);
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

    /// <summary>Waits a while for more to come, with what was copied on its way.</summary>
    /// <param name="answer">Where to.</param>
    /// <returns>Whether somebody still wants more.</returns>
    public bool AwaitMore(ServerAnswer answer)
    {
        if (_left == 0 || !answer.IsWanted)
        {
            return false;
        }

        answer.Flush();
        Thread.Sleep(FollowMilliseconds);
        return true;
    }

    private void WriteTime(Utf8Writer text, long ticks)
    {
        if (_isLogfmt && LogRing.IsTime(ticks))
        {
            text.Write("time=");
            Timestamp.Write(text, new DateTime(ticks));
            text.WriteByte((byte)' ');
        }
        else if (_query.HasTimestamps && !_isLogfmt)
        {
            Timestamp.WriteMicro(text, new DateTime(ticks));
            text.WriteByte((byte)' ');
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
