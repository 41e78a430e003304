using PicoKubelet.Hardware;

namespace PicoKubelet.Settings;

/// <summary>
/// What the settings say of Wi-Fi. The first network's name and password are not among them: they are in the device's own network
/// configuration.
/// </summary>
public sealed class WifiSettings
{
    /// <summary>The longest name of a network, bytes: the runtime has 32 with a NUL at the end.</summary>
    public const int MaxSsidBytes = 31;

    /// <summary>The shortest password of a network that has one (IEEE 802.11i, annex H.4.1).</summary>
    public const int MinPasswordBytes = 8;

    /// <summary>The longest password.</summary>
    public const int MaxPasswordBytes = 63;

    /// <summary>Gets or sets the address that the board has in the first network, or null for DHCP's.</summary>
    public StaticAddress Address { get; set; }

    /// <summary>Gets or sets the name of a second network, for when the first can not be joined, or null.</summary>
    public string SecondSsid { get; set; }

    /// <summary>Gets or sets the second network's password, empty where it has none. Never logged, never served.</summary>
    public string SecondPassword { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets after how many minutes without a network a board that can open one of its own does so, and serves its setup page;
    /// 0 for one that never does by itself.
    /// </summary>
    public int SetupMinutes { get; set; } = 10;

    /// <summary>Gets or sets the password of the board's own network, or null for one that is made up and told in the log. Never logged, never served.</summary>
    public string SetupPassword { get; set; }

    /// <summary>Looks whether a text can be a network's password.</summary>
    /// <param name="text">Where it is.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its length.</param>
    /// <returns>Whether it is 8 to 63 characters of ASCII.</returns>
    public static bool IsPassword(byte[] text, int start, int length)
    {
        if (length < MinPasswordBytes || length > MaxPasswordBytes)
        {
            return false;
        }

        for (int i = start; i < start + length; i++)
        {
            if (text[i] < ' ' || text[i] >= 0x7f)
            {
                return false;
            }
        }

        return true;
    }
}
