using System;
using System.Text;
using PicoKubelet.Http;
using PicoKubelet.Http.Server;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A client that sends bytes, in pieces, and keeps what it is answered.</summary>
internal sealed class FakeClient : IClientConnection
{
    private readonly byte[] _bytes;
    private readonly int _firstPiece;
    private readonly int _pieceSize;
    private readonly ManualClock _clock;
    private readonly LongText _received = new LongText();
    private int _position;

    public FakeClient(string text, ManualClock clock, int firstPiece, int pieceSize)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        _clock = clock;
        _firstPiece = firstPiece;
        _pieceSize = pieceSize;
    }

    public string Peer => "192.168.1.9";

    public long Deadline { get; set; }

    public bool IsTrusted => false;

    public object Client => null;

    /// <summary>Whether it waits for more of an answer without an end.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>Whether it keeps the connection open and says nothing once it has sent everything.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How many of its bytes nobody has read.</summary>
    public int Unread => _bytes.Length - _position;

    /// <summary>Everything that it was answered, as text.</summary>
    public string Received => _received.ToString();

    public int Read(byte[] buffer, int offset, int count)
    {
        int length = _bytes.Length - _position;
        if (length == 0)
        {
            if (IsSilent)
            {
                _clock.Milliseconds = Deadline;
                throw new HttpException(HttpError.Timeout, "deadline");
            }

            return 0;
        }

        int piece = _position < _firstPiece ? _firstPiece - _position : _pieceSize;
        length = length < piece ? length : piece;
        length = length < count ? length : count;
        Array.Copy(_bytes, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _received.Append(Encoding.UTF8.GetString(buffer, offset, count));
    }

    public void Close()
    {
    }
}
