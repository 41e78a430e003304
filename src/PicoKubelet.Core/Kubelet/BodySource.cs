using PicoKubelet.Http;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>A request's body, up to its bound.</summary>
internal sealed class BodySource : IByteSource
{
    /// <summary>The bound on a request's body, bytes.</summary>
    public const int MaxBytes = 1024;

    private readonly HttpReader _http;
    private int _left;

    public BodySource(HttpReader http)
    {
        _http = http;
    }

    public void Begin()
    {
        if (_http.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        _left = MaxBytes;
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
