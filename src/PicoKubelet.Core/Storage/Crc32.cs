namespace PicoKubelet.Storage;

/// <summary>The checksum of zip and Ethernet (ISO 3309): polynomial 0x04C11DB7, reflected.</summary>
public static class Crc32
{
    /// <summary>The checksum of nothing.</summary>
    public const uint Start = 0;

    // A nibble at a time: a table for whole bytes would take 1 KB, and bit by bit a settings document takes a board a tenth of a second.
    private static readonly uint[] Nibbles = new uint[]
    {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };

    /// <summary>Carries a checksum on over more bytes.</summary>
    /// <param name="crc">The checksum of the bytes before, or <see cref="Start"/>.</param>
    /// <param name="buffer">Where the bytes are.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>The checksum of all of them.</returns>
    public static uint Update(uint crc, byte[] buffer, int offset, int count)
    {
        crc = ~crc;
        uint[] nibbles = Nibbles;
        for (int i = offset; i < offset + count; i++)
        {
            crc ^= buffer[i];
            crc = (crc >> 4) ^ nibbles[(int)(crc & 15)];
            crc = (crc >> 4) ^ nibbles[(int)(crc & 15)];
        }

        return ~crc;
    }
}
