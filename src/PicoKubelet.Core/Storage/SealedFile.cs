using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Storage;

/// <summary>
/// An open file that the device wrote: eight hexadecimal digits, a line feed, and a document whose checksum they are.
/// A file without that head is one that somebody put there; it is read as it is.
/// </summary>
public sealed class SealedFile : IByteSource
{
    /// <summary>The bytes before the document.</summary>
    public const int HeadBytes = 9;

    private const byte LineFeed = 10;
    private const int BlockBytes = 64;

    private readonly IStoredFile _file;
    private readonly byte[] _head = new byte[HeadBytes];
    private int _headLength;
    private int _headRead;

    /// <summary>Reads the file's head.</summary>
    /// <param name="file">The open file.</param>
    public SealedFile(IStoredFile file)
    {
        _file = file;
        int read;
        do
        {
            read = file.Read(_head, _headLength, HeadBytes - _headLength);
            _headLength += read;
        }
        while (read > 0 && _headLength < HeadBytes);
        HasHead = LooksLikeHead();
        _headRead = HasHead ? _headLength : 0;
    }

    /// <summary>Gets whether the file begins with a checksum, be it the right one or not.</summary>
    public bool HasHead { get; }

    /// <summary>Gets whether there is a checksum and it is that of what was read so far.</summary>
    public bool IsSound
    {
        get
        {
            byte[] expected = new byte[HeadBytes];
            WriteHead(Checksum, expected, 0);
            for (int i = 0; i < HeadBytes; i++)
            {
                if (_head[i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Gets the checksum of what was read so far.</summary>
    public uint Checksum { get; private set; } = Crc32.Start;

    /// <summary>Writes a file's head.</summary>
    /// <param name="crc">The document's checksum.</param>
    /// <param name="buffer">Where to.</param>
    /// <param name="offset">The head's first byte.</param>
    public static void WriteHead(uint crc, byte[] buffer, int offset)
    {
        for (int i = HeadBytes - 2; i >= 0; i--)
        {
            buffer[offset + i] = Hex.Digit((int)(crc & 15));
            crc >>= 4;
        }

        buffer[offset + HeadBytes - 1] = LineFeed;
    }

    /// <summary>Writes the head of a document in front of it.</summary>
    /// <param name="buffer">Where the document is.</param>
    /// <param name="offset">Its first byte, <see cref="HeadBytes"/> at least.</param>
    /// <param name="count">Its length.</param>
    public static void Seal(byte[] buffer, int offset, int count)
    {
        WriteHead(Crc32.Update(Crc32.Start, buffer, offset, count), buffer, offset - HeadBytes);
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_headRead < _headLength)
        {
            buffer[offset] = _head[_headRead++];
            Checksum = Crc32.Update(Checksum, buffer, offset, 1);
            return 1;
        }

        int read = _headLength < HeadBytes ? 0 : _file.Read(buffer, offset, count);
        Checksum = Crc32.Update(Checksum, buffer, offset, read);
        return read;
    }

    /// <summary>Reads what is left, for its checksum alone.</summary>
    public void ReadToEnd()
    {
        byte[] block = new byte[BlockBytes];
        while (Read(block, 0, BlockBytes) > 0)
        {
            // Nothing of it is kept.
        }
    }

    private bool LooksLikeHead()
    {
        if (_headLength < HeadBytes || _head[HeadBytes - 1] != LineFeed)
        {
            return false;
        }

        for (int i = 0; i < HeadBytes - 1; i++)
        {
            if (Hex.ValueOf(_head[i]) < 0 || (_head[i] >= 'A' && _head[i] <= 'F'))
            {
                return false;
            }
        }

        return true;
    }
}
