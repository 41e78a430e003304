using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>The Wi-Fi credentials of a board near two networks.</summary>
internal sealed class FakeWifiSetup : IWifiSetup
{
    public string Ssid { get; set; } = "";

    public string Password { get; set; } = "";

    public bool HasPassword => Password.Length > 0;

    /// <summary>Makes looking for networks fail.</summary>
    public Exception ScanFailure { get; set; }

    public bool IsBroken { get; set; }

    public int Saves { get; private set; }

    public void Scan(WifiList networks)
    {
        if (ScanFailure != null)
        {
            throw ScanFailure;
        }

        networks.Add("Home", -61);
        networks.Add("<b>\"A&B\"</b>", -48);
    }

    public bool Save(string ssid, string password)
    {
        if (IsBroken)
        {
            return false;
        }

        Saves++;
        Ssid = ssid;
        Password = password ?? Password;
        return true;
    }
}
