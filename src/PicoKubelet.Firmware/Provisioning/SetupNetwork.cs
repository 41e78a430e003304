using System;
using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

/// <summary>The Wi-Fi network that the board opens for its setup page: its name, and its password.</summary>
internal sealed class SetupNetwork
{
    // Letters and digits that nobody takes for one another: 5 bits each, 60 together.
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 12;

    private readonly IAccessPoint _accessPoint;
    private readonly string _password;
    private readonly Random _random;

    /// <summary>Initializes the network; nothing is opened yet.</summary>
    /// <param name="platform">What the firmware runs on, with an access point.</param>
    /// <param name="password">The settings' password for it, or null for one that is made up each time.</param>
    /// <param name="random">Where that comes from.</param>
    public SetupNetwork(Platform platform, string password, Random random)
    {
        _accessPoint = platform.AccessPoint;
        _password = password;
        _random = random;

        // What comes behind the vendor's part.
        byte[] mac = new byte[3];
        Array.Copy(platform.Network.GetMacAddress(), 3, mac, 0, mac.Length);
        Suffix = Hex.ToText(mac);
        Ssid = "PicoKubelet-" + Suffix.ToUpper();
    }

    /// <summary>Gets the last six digits of the board's hardware address.</summary>
    public string Suffix { get; }

    /// <summary>Gets its name.</summary>
    public string Ssid { get; }

    /// <summary>Opens it.</summary>
    /// <param name="withoutPassword">Whether it has no password, because a person at the board asked for it.</param>
    /// <returns>True when it is open, false when it will be after a restart of the board.</returns>
    public bool Open(bool withoutPassword)
    {
        return _accessPoint.Open(Ssid, withoutPassword ? string.Empty : _password ?? NewPassword());
    }

    /// <summary>Gets the password of the network that is open as the log may tell it: whoever has the cable needs one that was made up, and knows one of the settings.</summary>
    /// <returns>The password, or words in its place.</returns>
    public string TellPassword()
    {
        string password = _accessPoint.Password;
        return password.Length == 0 ? "none" : password == _password ? "wifi.setupPassword" : password;
    }

    private string NewPassword()
    {
        byte[] random = new byte[PasswordLength];
        _random.NextBytes(random);
        string password = string.Empty;
        for (int i = 0; i < PasswordLength; i++)
        {
            password += i > 0 && i % 4 == 0 ? "-" : string.Empty;
            password += PasswordLetters[random[i] % PasswordLetters.Length];
        }

        return password;
    }
}
