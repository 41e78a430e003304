using PicoKubelet.Http;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Images;

/// <summary>A body whose digest is made while it is read, with a bound on its bytes.</summary>
internal sealed class DigestingSource : IByteSource
{
    private readonly IByteSource _body;
    private readonly Sha256 _sha = new Sha256();
    private int _left;

    public DigestingSource(IByteSource body, int maxBytes)
    {
        _body = body;
        _left = maxBytes;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        int read = _body.Read(buffer, offset, count);
        _left -= read;
        if (_left < 0)
        {
            throw new HttpException(HttpError.BodyTooLarge, "too large");
        }

        _sha.Write(buffer, offset, read);
        return read;
    }

    /// <summary>Ends the body.</summary>
    /// <returns>The digest of what was read.</returns>
    public byte[] End()
    {
        return _sha.End();
    }
}
