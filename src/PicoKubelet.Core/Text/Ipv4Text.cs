namespace PicoKubelet.Text;

/// <summary>IPv4 addresses as people write them.</summary>
public static class Ipv4Text
{
    private const int Parts = 4;
    private const int MaxDigits = 3;

    /// <summary>Reads an address of four decimal numbers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The address, its first number in the highest byte.</param>
    /// <returns>Whether the text is one, and no host's name for instance.</returns>
    public static bool TryParse(string text, out uint number)
    {
        number = 0;
        int part = 0;
        int digits = 0;
        uint value = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '.';
            if (c >= '0' && c <= '9' && digits < MaxDigits)
            {
                value = (value * 10) + (uint)(c - '0');
                digits++;
            }
            else if (c == '.' && digits > 0 && value <= byte.MaxValue && part < Parts)
            {
                number = (number << 8) | value;
                part++;
                digits = 0;
                value = 0;
            }
            else
            {
                return false;
            }
        }

        return part == Parts;
    }
}
