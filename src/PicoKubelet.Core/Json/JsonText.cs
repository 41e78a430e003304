namespace PicoKubelet.Json;

/// <summary>What reader and writer share.</summary>
internal static class JsonText
{
    /// <summary>
    /// True for the ASCII characters that stand for themselves within a string (RFC 8259, 7). A look-up costs the
    /// interpreter half of the comparisons that it replaces.
    /// </summary>
    public static readonly bool[] Plain = MakePlain();

    private static bool[] MakePlain()
    {
        bool[] plain = new bool[256];
        for (int b = ' '; b < 0x80; b++)
        {
            plain[b] = b != '"' && b != '\\';
        }

        return plain;
    }
}
