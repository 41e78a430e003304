using PicoKubelet.Http;
using PicoKubelet.Text;

namespace PicoKubelet.Api;

/// <summary>One line of a body, for readers that read a document to its end.</summary>
internal sealed class BodyLine : IByteSource
{
    private const byte LineFeed = 10;

    private readonly HttpReader _body;
    private bool _hasEnded;

    public BodyLine(HttpReader body)
    {
        _body = body;
    }

    /// <summary>Begins with the next line.</summary>
    public void Begin()
    {
        _hasEnded = false;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_hasEnded)
        {
            return 0;
        }

        int read = _body.ReadWithinLine(buffer, offset, count);
        _hasEnded = read == 0 || buffer[offset + read - 1] == LineFeed;
        return read;
    }
}
