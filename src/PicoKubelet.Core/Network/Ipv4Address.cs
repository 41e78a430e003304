using System.Net;

namespace PicoKubelet.Network;

/// <summary>IPv4 addresses as text. The device's <c>IPAddress.Parse</c> accepts nonsense.</summary>
public static class Ipv4Address
{
    /// <summary>Reads an address of four decimal numbers.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address, or null where the text is none, a host's name for instance.</returns>
    public static IPAddress Parse(string text)
    {
        byte[] address = new byte[4];
        int part = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '.';
            if (c >= '0' && c <= '9' && digits < 3)
            {
                value = (value * 10) + (c - '0');
                digits++;
            }
            else if (c == '.' && digits > 0 && value <= 255 && part < 4)
            {
                address[part++] = (byte)value;
                digits = 0;
                value = 0;
            }
            else
            {
                return null;
            }
        }

        return part == 4 ? new IPAddress(address) : null;
    }
}
