namespace PicoKubelet.Hardware;

/// <summary>The Wi-Fi credentials in the device's own network configuration. A password goes in and never comes out.</summary>
public interface IWifiSetup
{
    /// <summary>Gets the name of the network that is stored, or an empty text.</summary>
    string Ssid { get; }

    /// <summary>Gets whether a password is stored.</summary>
    bool HasPassword { get; }

    /// <summary>Looks for networks nearby; takes some seconds.</summary>
    /// <param name="networks">Takes what is found.</param>
    void Scan(WifiList networks);

    /// <summary>Stores the network to join from the next start on.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="password">Its password, empty for a network without one, or null to keep the one that is stored.</param>
    /// <returns>Whether it was stored.</returns>
    bool Save(string ssid, string password);
}
