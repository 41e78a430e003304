namespace PicoKubelet.Network;

/// <summary>One of the networks that the board may join, and how the last attempt at it went.</summary>
public sealed class WifiNetwork
{
    internal WifiNetwork(string ssid, string password)
    {
        Ssid = ssid;
        OwnSsid = ssid;
        Password = password;
    }

    /// <summary>Gets its name, or null while it is not known or there is none.</summary>
    public string Ssid { get; internal set; }

    /// <summary>Gets why the last attempt at it failed, until it is joined.</summary>
    public WifiFailure Failure { get; internal set; }

    /// <summary>Gets its signal as of the last scan, dBm, or 0 where it was not seen.</summary>
    public int Signal { get; internal set; }

    /// <summary>Gets the name that the settings give it, or null for the one in the device's own network configuration.</summary>
    internal string OwnSsid { get; }

    /// <summary>Gets the password that the settings give it, or null.</summary>
    internal string Password { get; }

    /// <summary>Gets or sets when it was looked for last, in the monotonic clock's milliseconds.</summary>
    internal long Scanned { get; set; }

    /// <summary>Gets whether there is no figure for its signal, or one that may be better by now.</summary>
    internal bool NeedsScan => Signal == 0 || IsWeak;

    /// <summary>Gets whether its signal is too weak to join it.</summary>
    internal bool IsWeak => Signal != 0 && Signal < Link.WeakDbm;

    /// <summary>Gets whether what failed is for a person to mend.</summary>
    internal bool IsForAPerson => Failure == WifiFailure.WrongPassword || Failure == WifiFailure.NoCredentials;
}
