namespace PicoKubelet.Storage;

/// <summary>The blocks that littlefs stores files in, as nanoFramework builds it: no file is without one, be it small.</summary>
/// <remarks>From littlefs' DESIGN.md: the blocks of a file are a list that skips, and each but the first begins with pointers to those before it.</remarks>
public static class FlashBlocks
{
    /// <summary>The bytes of a block: RP2040 and ESP32 erase 4 KB at a time.</summary>
    public const int Bytes = 4096;

    /// <summary>The blocks of littlefs' own: a pair that holds the names.</summary>
    public const int OfNames = 2;

    private const int PointerBytes = 4;

    /// <summary>Reckons the blocks of a file.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>How many; none of an empty one.</returns>
    public static int Of(int length)
    {
        int blocks = 0;
        while (length > 0)
        {
            // One pointer, and one more for each power of two that its number has.
            int pointers = 0;
            for (int number = blocks; number > 0; number = (number & 1) == 0 ? number >> 1 : 0)
            {
                pointers++;
            }

            length -= Bytes - (pointers * PointerBytes);
            blocks++;
        }

        return blocks;
    }
}
