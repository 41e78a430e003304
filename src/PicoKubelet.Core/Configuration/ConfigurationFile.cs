using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>An open configuration file: eight hexadecimal digits, a line feed, and a document whose checksum they are.</summary>
internal sealed class ConfigurationFile : IByteSource
{
    /// <summary>The bytes before the document.</summary>
    public const int HeadBytes = 9;

    private const string HexDigits = "0123456789abcdef";
    private const byte LineFeed = 10;

    private readonly IStoredFile _file;
    private readonly byte[] _head = new byte[HeadBytes];
    private readonly bool _hasEnded;
    private uint _crc = Crc32.Start;

    /// <summary>Reads the file's head.</summary>
    /// <param name="file">The open file.</param>
    public ConfigurationFile(IStoredFile file)
    {
        _file = file;
        int length = 0;
        int read;
        do
        {
            read = file.Read(_head, length, HeadBytes - length);
            length += read;
        }
        while (read > 0 && length < HeadBytes);
        _hasEnded = read == 0;
    }

    /// <summary>Gets whether what was read so far has the checksum that the head has.</summary>
    public bool IsSound
    {
        get
        {
            byte[] expected = new byte[HeadBytes];
            WriteHead(_crc, expected);
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
    public uint Checksum => _crc;

    /// <summary>Writes a file's head.</summary>
    /// <param name="crc">The document's checksum.</param>
    /// <param name="buffer">Where to, at its beginning.</param>
    public static void WriteHead(uint crc, byte[] buffer)
    {
        for (int i = HeadBytes - 2; i >= 0; i--)
        {
            buffer[i] = (byte)HexDigits[(int)(crc & 15)];
            crc >>= 4;
        }

        buffer[HeadBytes - 1] = LineFeed;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_hasEnded)
        {
            return 0;
        }

        int read = _file.Read(buffer, offset, count);
        _crc = Crc32.Update(_crc, buffer, offset, read);
        return read;
    }
}
