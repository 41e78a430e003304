using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The Wi-Fi credentials of a simulated board, and the networks that it finds nearby.</summary>
internal sealed class SimulatedWifiSetup : IWifiSetup
{
    private static readonly (string Ssid, int Dbm)[] Nearby =
    [
        ("Workshop", -48), ("Home", -61), ("Home", -83), ("Café <guests> & more", -72), ("", -75), ("Neighbour", -88),
    ];

    private volatile string _ssid = "";
    private volatile string _password = "";

    public string Ssid => _ssid;

    public bool HasPassword => _password.Length > 0;

    public void Scan(WifiList networks)
    {
        foreach ((string ssid, int dbm) in Nearby)
        {
            networks.Add(ssid, dbm);
        }
    }

    public bool Save(string ssid, string? password)
    {
        _ssid = ssid;
        _password = password ?? _password;
        return true;
    }

    /// <summary>Compares the password that is stored.</summary>
    public bool PasswordIs(string password)
    {
        return _password == password;
    }
}
