namespace PicoKubelet.Text;

/// <summary>The letters of base64 (RFC 4648, section 4).</summary>
public static class Base64
{
    /// <summary>Reads a letter.</summary>
    /// <param name="letter">The character.</param>
    /// <returns>Its six bits, or -1 where it is no letter; a sign of padding is none.</returns>
    public static int ValueOf(int letter)
    {
        if (letter >= 'A' && letter <= 'Z')
        {
            return letter - 'A';
        }

        if (letter >= 'a' && letter <= 'z')
        {
            return letter - 'a' + 26;
        }

        if (letter >= '0' && letter <= '9')
        {
            return letter - '0' + 52;
        }

        return letter == '+' ? 62 : letter == '/' ? 63 : -1;
    }
}
