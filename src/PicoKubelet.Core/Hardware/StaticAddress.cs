namespace PicoKubelet.Hardware;

/// <summary>An IPv4 address that the board has in place of one from DHCP, and what goes with it. All of it dotted decimals, checked by whoever made it.</summary>
public sealed class StaticAddress
{
    /// <summary>Initializes the address.</summary>
    /// <param name="address">The board's address.</param>
    /// <param name="netmask">The mask of its subnet.</param>
    /// <param name="gateway">The router's address in that subnet.</param>
    /// <param name="dns">The DNS server's address.</param>
    public StaticAddress(string address, string netmask, string gateway, string dns)
    {
        Address = address;
        Netmask = netmask;
        Gateway = gateway;
        Dns = dns;
    }

    /// <summary>Gets the board's address.</summary>
    public string Address { get; }

    /// <summary>Gets the mask of its subnet.</summary>
    public string Netmask { get; }

    /// <summary>Gets the router's address in that subnet.</summary>
    public string Gateway { get; }

    /// <summary>Gets the DNS server's address.</summary>
    public string Dns { get; }

    /// <summary>Compares two addresses, with all that goes with them.</summary>
    /// <param name="one">An address, or null for DHCP.</param>
    /// <param name="other">Another one, or null for DHCP.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool AreSame(StaticAddress one, StaticAddress other)
    {
        if (one == null || other == null)
        {
            return one == other;
        }

        return one.Address == other.Address && one.Netmask == other.Netmask && one.Gateway == other.Gateway && one.Dns == other.Dns;
    }
}
