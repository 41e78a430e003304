using System.Text;

namespace PicoKubelet.Text;

/// <summary>Values in a URL's query.</summary>
public static class QueryText
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>Escapes a value that comes from elsewhere, so that it can neither end the URL nor add to its query.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value itself where it needs nothing, as a number does; otherwise with all but RFC 3986's unreserved characters in percent-encoding.</returns>
    public static string Escape(string value)
    {
        byte[] bytes = Utf8.Encoding.GetBytes(value);
        StringBuilder escaped = null;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            bool isPlain = IsUnreserved(b);
            if (!isPlain && escaped == null)
            {
                // All before it is ASCII: one character, one byte.
                escaped = new StringBuilder();
                escaped.Append(value.Substring(0, i));
            }

            if (escaped == null)
            {
                continue;
            }

            if (isPlain)
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append('%');
                escaped.Append(HexDigits[b >> 4]);
                escaped.Append(HexDigits[b & 15]);
            }
        }

        return escaped == null ? value : escaped.ToString();
    }

    private static bool IsUnreserved(byte b)
    {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.' || b == '_' || b == '~';
    }
}
