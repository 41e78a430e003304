using System.Net;
using PicoKubelet.Text;

namespace PicoKubelet.Network;

/// <summary>IPv4 addresses as text. The device's <c>IPAddress.Parse</c> accepts nonsense.</summary>
public static class Ipv4Address
{
    /// <summary>Reads an address of four decimal numbers.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address, or null where the text is none, a host's name for instance.</returns>
    public static IPAddress Parse(string text)
    {
        return Ipv4Text.TryParse(text, out uint number)
            ? new IPAddress(new byte[] { (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number })
            : null;
    }
}
