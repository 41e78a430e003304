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

    /// <summary>Gets the IPv4 address that DHCP gave. Polled, since the device raises no event with DHCP.</summary>
    /// <returns>The address as dotted decimals, or null while the link is down or has no address.</returns>
    string GetAddress();

    /// <summary>Gets whether the board is joined to a network, with or without an address.</summary>
    /// <returns>Whether the link is up.</returns>
    bool IsJoined();

    /// <summary>
    /// Joins the network with the credentials in the device's own network configuration; does not wait for an address, but
    /// where the runtime does. Blocks for up to 20 s, the bound that nanoFramework's native code has and that can not be set.
    /// </summary>
    /// <returns>What the radio says. It can not tell everything, see <see cref="JoinResult"/>.</returns>
    JoinResult Join();

    /// <summary>
    /// Looks whether the network is within reach. Takes seconds, in which a board that is joined would lose its
    /// connections, and for every network that it finds some 200 bytes of heap: only for a board that is not joined.
    /// </summary>
    /// <param name="dbm">The signal of the network's strongest access point, dBm; 0 where none was found, or the network hides its name.</param>
    /// <returns>Whether the radio could look.</returns>
    bool TryScan(out int dbm);
}
