namespace PicoKubelet.Storage;

/// <summary>The checksum of zip and Ethernet (ISO 3309): polynomial 0x04C11DB7, reflected.</summary>
public static class Crc32
{
    /// <summary>The checksum of nothing.</summary>
    public const uint Start = 0;

    /// <summary>Carries a checksum on over more bytes.</summary>
    /// <param name="crc">The checksum of the bytes before, or <see cref="Start"/>.</param>
    /// <param name="buffer">Where the bytes are.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>The checksum of all of them.</returns>
    public static uint Update(uint crc, byte[] buffer, int offset, int count)
    {
        crc = ~crc;
        for (int i = offset; i < offset + count; i++)
        {
            // Bit by bit: a table would cost 1 KB, and a file of some 4 KB comes once a minute at most.
            crc ^= buffer[i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
