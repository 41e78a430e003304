using PicoKubelet.Text;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>Hands out a document in pieces of a given size at most, as a network does.</summary>
internal sealed class JsonPieces(byte[] document, int pieceSize) : IByteSource
{
    private int _position;

    public int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(Math.Min(count, pieceSize), document.Length - _position);
        Array.Copy(document, _position, buffer, offset, length);
        _position += length;
        return length;
    }
}
