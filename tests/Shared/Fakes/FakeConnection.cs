using System;
using System.Text;
using PicoKubelet.Network;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A connection with scripted replies: each write makes the next one available.</summary>
internal sealed class FakeConnection : IOutboundConnection
{
    private readonly ManualClock _clock;
    private readonly string[] _replies;
    private readonly LongText _sent = new LongText();
    private byte[] _pending = new byte[0];
    private int _position;
    private int _writes;
    private bool _hasEnded;

    public FakeConnection(ManualClock clock, params string[] replies)
    {
        _clock = clock;
        _replies = replies;
    }

    /// <summary>The most bytes that a read gives.</summary>
    public int PieceSize { get; set; } = int.MaxValue;

    /// <summary>What comes after the last byte of the last reply.</summary>
    public ConnectionEnd End { get; set; } = ConnectionEnd.Close;

    /// <summary>The number of writes that succeed.</summary>
    public int GoodWrites { get; set; } = int.MaxValue;

    /// <summary>Is told of what was written, or null.</summary>
    public ServedAction Written { get; set; }

    /// <summary>What each read takes.</summary>
    public int ReadMilliseconds { get; set; }

    /// <summary>The bound on a read, given by the connector.</summary>
    public int Timeout { get; set; }

    /// <summary>What came between two requests without being asked for.</summary>
    public string Unsolicited
    {
        set => Append(Encoding.UTF8.GetBytes(value));
    }

    public bool HasArrived => _pending.Length > _position || IsEndVisible;

    /// <summary>Whether the end of the connection can be seen before it is used; on a device it can not always.</summary>
    public bool IsEndVisible { get; set; }

    public bool IsClosed { get; private set; }

    /// <summary>Everything that was written.</summary>
    public string Sent => _sent.ToString();

    public int Writes => _writes;

    /// <summary>How many bytes were handed out.</summary>
    public int BytesGiven { get; private set; }

    public int Read(byte[] buffer, int offset, int count)
    {
        RequireOpen();
        if (ReadMilliseconds > Timeout)
        {
            _clock.Advance(Timeout);
            throw new InvalidOperationException("timed out");
        }

        _clock.Advance(ReadMilliseconds);
        int length = _pending.Length - _position;
        if (length == 0)
        {
            return ReadEnd();
        }

        length = length < count ? length : count;
        length = length < PieceSize ? length : PieceSize;
        Array.Copy(_pending, _position, buffer, offset, length);
        _position += length;
        BytesGiven += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        RequireOpen();
        if (_writes >= GoodWrites)
        {
            throw new InvalidOperationException("reset by peer");
        }

        string text = Encoding.UTF8.GetString(buffer, offset, count);
        _sent.Append(text);
        if (_writes < _replies.Length)
        {
            Append(Encoding.UTF8.GetBytes(_replies[_writes]));
        }

        _writes++;
        Written?.Invoke(text);
    }

    public void SetDeadline(int milliseconds)
    {
        Timeout = milliseconds;
    }

    public void Close()
    {
        IsClosed = true;
    }

    /// <summary>Goes on with the next reply as a connection that was opened again.</summary>
    public void Reopen()
    {
        IsClosed = false;
    }

    private int ReadEnd()
    {
        if (End == ConnectionEnd.Reset)
        {
            throw new InvalidOperationException("reset by peer");
        }

        if (End == ConnectionEnd.Silence)
        {
            _clock.Advance(Timeout);
            throw new InvalidOperationException("timed out");
        }

        if (_hasEnded)
        {
            throw new InvalidOperationException("read after the end");
        }

        _hasEnded = true;
        return 0;
    }

    private void Append(byte[] bytes)
    {
        byte[] all = new byte[_pending.Length - _position + bytes.Length];
        Array.Copy(_pending, _position, all, 0, _pending.Length - _position);
        Array.Copy(bytes, 0, all, _pending.Length - _position, bytes.Length);
        _pending = all;
        _position = 0;
    }

    private void RequireOpen()
    {
        if (IsClosed)
        {
            throw new InvalidOperationException("used after it was closed");
        }
    }
}
