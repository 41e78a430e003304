namespace PicoKubelet.Text;

/// <summary>Hexadecimal digits.</summary>
public static class Hex
{
    /// <summary>Gets a digit, in lower case.</summary>
    /// <param name="value">The number; its lowest four bits count.</param>
    /// <returns>The digit, ASCII.</returns>
    public static byte Digit(int value)
    {
        value &= 15;
        return (byte)(value < 10 ? '0' + value : 'a' + value - 10);
    }

    /// <summary>Reads a digit of either case.</summary>
    /// <param name="digit">The character, or -1 where there is none.</param>
    /// <returns>Its value, or -1 where it is no digit.</returns>
    public static int ValueOf(int digit)
    {
        if (digit >= '0' && digit <= '9')
        {
            return digit - '0';
        }

        int letter = digit | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /// <summary>Writes bytes, two digits each.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The digits.</returns>
    public static string ToText(byte[] bytes)
    {
        char[] text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[i * 2] = (char)Digit(bytes[i] >> 4);
            text[(i * 2) + 1] = (char)Digit(bytes[i]);
        }

        return new string(text);
    }

    /// <summary>Reads bytes, two digits each.</summary>
    /// <param name="text">The text; from where it is read on it holds digits alone.</param>
    /// <param name="from">Its first digit.</param>
    /// <returns>The bytes.</returns>
    public static byte[] ToBytes(string text, int from)
    {
        byte[] bytes = new byte[(text.Length - from) / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((ValueOf(text[from + (i * 2)]) << 4) | ValueOf(text[from + (i * 2) + 1]));
        }

        return bytes;
    }
}
