using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>A request's body, up to its bound.</summary>
internal sealed class BodySource : IByteSource
{
    private readonly HttpReader _http;
    private readonly int _maxBytes;
    private int _left;

    public BodySource(HttpReader http, int maxBytes)
    {
        _http = http;
        _maxBytes = maxBytes;
    }

    public void Begin()
    {
        if (_http.ContentLength > _maxBytes)
        {
            throw TooLarge();
        }

        _left = _maxBytes;
        _http.BeginBody(false);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        int read = _http.Read(buffer, offset, count);
        _left -= read;
        if (_left < 0)
        {
            throw TooLarge();
        }

        return read;
    }

    private static HttpException TooLarge()
    {
        return new HttpException(HttpError.BodyTooLarge, "body too large");
    }
}
