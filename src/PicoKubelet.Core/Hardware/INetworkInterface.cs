namespace PicoKubelet.Hardware;

/// <summary>The board's network interface: Wi-Fi on every supported board.</summary>
public interface INetworkInterface
{
    /// <summary>Gets the hardware address.</summary>
    /// <returns>Six bytes.</returns>
    byte[] GetMacAddress();

    /// <summary>Gets the IPv4 address that DHCP gave. Polled, since the device raises no event with DHCP.</summary>
    /// <returns>The address as dotted decimals, or null while the link is down or has no address.</returns>
    string GetAddress();

    /// <summary>Joins the network with the credentials in the device's own network configuration, and waits for an address.</summary>
    /// <param name="timeoutMilliseconds">How long to wait at most; a device may take up to 20 seconds longer, the native bound on joining.</param>
    /// <returns>Null when the interface is up and has an address, otherwise why not, in a few words.</returns>
    string Connect(int timeoutMilliseconds);
}
