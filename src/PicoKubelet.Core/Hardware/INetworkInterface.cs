namespace PicoKubelet.Hardware;

/// <summary>
/// The board's network interface, Wi-Fi on every supported board. It decides nothing: what a failure means, and when to try
/// again, is the business of <see cref="Network.Link"/>.
/// </summary>
public interface INetworkInterface
{
    /// <summary>Gets the hardware address.</summary>
    /// <returns>Six bytes.</returns>
    byte[] GetMacAddress();

    /// <summary>Gets the name of the network in the device's own network configuration.</summary>
    /// <returns>The SSID, or null where the configuration has none.</returns>
    string GetSsid();

    /// <summary>Gets the password of that network, which is kept out of all that the board tells.</summary>
    /// <returns>The password, or null where there is none.</returns>
    string GetPassword();

    /// <summary>Gets the board's IPv4 address. Polled, since the device raises no event with DHCP.</summary>
    /// <returns>The address as dotted decimals, or null while the link is down or has no address.</returns>
    string GetAddress();

    /// <summary>Has the board take an address in place of DHCP's, or DHCP's again. What is in force already costs nothing.</summary>
    /// <param name="address">The address, or null for DHCP's.</param>
    /// <returns>Whether the runtime took it.</returns>
    bool UseAddress(StaticAddress address);

    /// <summary>Gets whether the board is joined to a network, with or without an address.</summary>
    /// <returns>Whether the link is up.</returns>
    bool IsJoined();

    /// <summary>
    /// Joins a network; does not wait for an address, but where the runtime does. Blocks for up to 20 s, the bound that
    /// nanoFramework's native code has and that can not be set.
    /// </summary>
    /// <param name="ssid">The network's name, or null for the one in the device's own network configuration, with its password.</param>
    /// <param name="password">The network's password, empty for a network without one; not looked at without a name.</param>
    /// <returns>What the radio says. It can not tell everything, see <see cref="JoinResult"/>.</returns>
    JoinResult Join(string ssid, string password);

    /// <summary>Leaves the network, and ends the attempts that the radio goes on with by itself.</summary>
    void Leave();

    /// <summary>
    /// Looks whether a network is within reach. Takes seconds, in which a board that is joined would lose its
    /// connections, and for every network that it finds some 200 bytes of heap: only for a board that is not joined.
    /// </summary>
    /// <param name="ssid">The network's name.</param>
    /// <param name="dbm">The signal of the network's strongest access point, dBm; 0 where none was found, or the network hides its name.</param>
    /// <returns>Whether the radio could look.</returns>
    bool TryScan(string ssid, out int dbm);
}
