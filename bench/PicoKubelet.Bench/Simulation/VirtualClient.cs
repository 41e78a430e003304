using PicoKubelet.Http;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Bench.Simulation;

/// <summary>A client of the kubelet's port, without a socket: it sends some bytes, in pieces, and keeps what it gets.</summary>
internal sealed class VirtualClient : IClientConnection
{
    private readonly byte[] _answer;
    private byte[] _request = [];
    private int _pieceSize;
    private int _position;

    /// <summary>Initializes the client.</summary>
    /// <param name="answerBytes">The most bytes that it takes of an answer.</param>
    public VirtualClient(int answerBytes)
    {
        _answer = new byte[answerBytes];
    }

    public string Peer => "192.168.1.9";

    public long Deadline { get; set; }

    public bool IsTrusted => false;

    public object? Client => null;

    public bool IsWanted => true;

    /// <summary>Gets or sets whether the client waits for the answer once it has sent everything, rather than end the connection.</summary>
    public bool StaysOpen { get; set; }

    /// <summary>Gets how often the firmware read.</summary>
    public int Reads { get; private set; }

    /// <summary>Gets how many bytes the firmware wrote.</summary>
    public int AnswerLength { get; private set; }

    /// <summary>Gets the answer.</summary>
    public ReadOnlySpan<byte> Answer => _answer.AsSpan(0, AnswerLength);

    /// <summary>Gets whether everything that was sent was read.</summary>
    public bool IsExhausted => _position == _request.Length;

    /// <summary>Begins anew.</summary>
    /// <param name="request">What is sent.</param>
    /// <param name="pieceSize">How many bytes arrive at a time.</param>
    public void Reset(byte[] request, int pieceSize)
    {
        _request = request;
        _pieceSize = pieceSize;
        _position = 0;
        Reads = 0;
        AnswerLength = 0;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        Reads++;
        int length = Math.Min(Math.Min(count, _pieceSize), _request.Length - _position);
        if (length == 0 && StaysOpen)
        {
            throw new HttpException(HttpError.Timeout, "not complete in time");
        }

        _request.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        buffer.AsSpan(offset, count).CopyTo(_answer.AsSpan(AnswerLength));
        AnswerLength += count;
    }

    public void Close()
    {
    }
}
