namespace PicoKubelet.Hardware;

/// <summary>
/// The Wi-Fi network that the board itself can open, for a phone or a laptop to join. An ESP32's runtime opens and closes it only
/// at a start of the board, so what is asked for is stored in the device's network configuration, and the board restarts.
/// </summary>
public interface IAccessPoint
{
    /// <summary>Gets the board's address in that network, dotted decimals.</summary>
    string Address { get; }

    /// <summary>Gets the TCP port for a page in that network: HTTP's 80 on a device.</summary>
    int Port { get; }

    /// <summary>Gets whether the network is open.</summary>
    bool IsOpen { get; }

    /// <summary>Gets the password of the network that is open, empty where it has none.</summary>
    string Password { get; }

    /// <summary>Opens the network.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="password">Its WPA2 password, 8 to 63 characters, or empty for a network without one.</param>
    /// <returns>True when it is open, false when it will be after a restart of the board.</returns>
    bool Open(string ssid, string password);

    /// <summary>Closes the network.</summary>
    /// <returns>True when it is closed, false when it will be after a restart of the board.</returns>
    bool Close();

    /// <summary>Opens a UDP socket on the board's address in that network.</summary>
    /// <param name="port">Its port.</param>
    /// <returns>The socket, to be closed by the caller, or null where others give out addresses and names.</returns>
    IDatagramSocket OpenDatagrams(int port);
}
