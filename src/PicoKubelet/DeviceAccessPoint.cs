using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>
/// An ESP32's soft access point. The runtime sets it up at its own start, from the device's network configuration, and is built
/// without a DHCP server.
/// </summary>
internal sealed class DeviceAccessPoint : IAccessPoint
{
    // ESP-IDF's, as long as the configuration holds none.
    private const string DefaultAddress = "192.168.4.1";

    // One of the three that do not overlap (1, 6, 11); which of them is free can not be told before the scan.
    private const byte Channel = 1;
    private const byte MaxConnections = 4;

    private readonly NetworkInterface _interface;

    private DeviceAccessPoint(NetworkInterface accessPoint)
    {
        _interface = accessPoint;
        IsOpen = (Configuration.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
    }

    /// <inheritdoc/>
    public string Address
    {
        get
        {
            string address = _interface.IPv4Address;
            return address == null || address.Length == 0 || address == "0.0.0.0" ? DefaultAddress : address;
        }
    }

    /// <inheritdoc/>
    public int Port => 80;

    /// <inheritdoc/>
    /// <remarks>As of the start: a change comes into force at the next one.</remarks>
    public bool IsOpen { get; }

    /// <inheritdoc/>
    public string Password
    {
        get
        {
            WirelessAPConfiguration configuration = Configuration;
            return configuration.Authentication == AuthenticationType.Open || configuration.Password == null ? string.Empty : configuration.Password;
        }
    }

    private WirelessAPConfiguration Configuration => WirelessAPConfiguration.GetAllWirelessAPConfigurations()[(int)_interface.SpecificConfigId];

    /// <summary>Finds the board's access point.</summary>
    /// <param name="targetName">The name of the CLR's build target.</param>
    /// <returns>The access point, or null on a board whose runtime has none: only an ESP32's has.</returns>
    public static DeviceAccessPoint Find(string targetName)
    {
        if (!targetName.StartsWith("ESP32"))
        {
            return null;
        }

        foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (candidate.NetworkInterfaceType == NetworkInterfaceType.WirelessAP)
            {
                return new DeviceAccessPoint(candidate);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Open(string ssid, string password)
    {
        // A station that looks for its network takes the radio from channel to channel, and with it the access point. It stays
        // enabled, since only then the radio looks for networks to choose from.
        DeviceWifiSetup.SetStation(Wireless80211Configuration.ConfigurationOptions.Enable);

        WirelessAPConfiguration configuration = Configuration;
        configuration.Ssid = ssid;
        configuration.Password = password;
        configuration.Authentication = password.Length == 0 ? AuthenticationType.Open : AuthenticationType.WPA2;
        configuration.Encryption = password.Length == 0 ? EncryptionType.None : EncryptionType.WPA2;
        configuration.Channel = Channel;
        configuration.MaxConnections = MaxConnections;
        configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart | WirelessAPConfiguration.ConfigurationOptions.Enable;
        configuration.SaveConfiguration();
        return false;
    }

    /// <inheritdoc/>
    public bool Close()
    {
        WirelessAPConfiguration configuration = Configuration;
        configuration.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
        configuration.SaveConfiguration();
        DeviceWifiSetup.SetStation(Wireless80211Configuration.ConfigurationOptions.AutoConnect | Wireless80211Configuration.ConfigurationOptions.Enable);
        return false;
    }

    /// <inheritdoc/>
    public IDatagramSocket OpenDatagrams(int port)
    {
        Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);

            // To this address rather than to any: a broadcast then leaves by the access point and not by the station.
            socket.Bind(new IPEndPoint(IPAddress.Parse(Address), port));
            return new DatagramSocket(socket);
        }
        catch
        {
            socket.Close();
            throw;
        }
    }
}
