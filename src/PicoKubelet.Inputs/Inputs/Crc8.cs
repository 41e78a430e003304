namespace PicoKubelet.Inputs;

/// <summary>The checksum of Sensirion's sensors: CRC-8 with the polynomial 0x31, beginning at 0xFF (SHT3x data sheet, 4.12).</summary>
public static class Crc8
{
    private const int Polynomial = 0x31;
    private const int Start = 0xFF;

    /// <summary>Reckons the checksum.</summary>
    /// <param name="bytes">Where the bytes are.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <returns>The checksum: 0x92 of 0xBE 0xEF.</returns>
    public static int Of(byte[] bytes, int offset, int count)
    {
        int crc = Start;
        for (int i = 0; i < count; i++)
        {
            crc ^= bytes[offset + i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ Polynomial) & 0xFF : crc << 1;
            }
        }

        return crc;
    }
}
