using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>
/// The Wi-Fi station, with the credentials in the device's own network configuration (nanoff --networkdeployment).
/// On the adapter itself rather than WifiNetworkHelper: its SetupNetworkHelper refuses a second call, its ConnectDhcp writes the configuration to flash.
/// </summary>
internal sealed class WifiInterface : INetworkInterface
{
    private const int PollMilliseconds = 250;
    private const string NoInterface = "no Wi-Fi interface";

    private WifiAdapter _adapter;

    /// <inheritdoc/>
    public byte[] GetMacAddress()
    {
        NetworkInterface station = FindStation();
        if (station == null)
        {
            throw new InvalidOperationException(NoInterface);
        }

        return station.PhysicalAddress;
    }

    /// <inheritdoc/>
    public string GetAddress()
    {
        // The link first: a static address is in the configuration whether the link is up or not.
        NetworkInterface station = NetworkInterface.GetIsNetworkAvailable() ? FindStation() : null;
        string address = station == null ? null : station.IPv4Address;
        return address == null || address.Length == 0 || address == "0.0.0.0" ? null : address;
    }

    /// <inheritdoc/>
    /// <remarks>Joining takes up to 20 s, which is the runtime's own limit and can not be set; a shorter timeout ends after that.</remarks>
    public string Connect(int timeoutMilliseconds)
    {
        if (GetAddress() != null)
        {
            return null;
        }

        long deadline = Environment.TickCount64 + timeoutMilliseconds;
        string failure = Join();

        // Also after a failure: an ESP32 that was just connecting by itself reports the end of that attempt and goes on with this one.
        while (GetAddress() == null)
        {
            if (Environment.TickCount64 >= deadline)
            {
                return failure ?? "no address from DHCP";
            }

            Thread.Sleep(PollMilliseconds);
        }

        return null;
    }

    private static NetworkInterface FindStation()
    {
        foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (candidate.NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
            {
                return candidate;
            }
        }

        return null;
    }

    private static Wireless80211Configuration FindConfiguration(NetworkInterface station)
    {
        Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
        return station.SpecificConfigId < (uint)all.Length ? all[(int)station.SpecificConfigId] : null;
    }

    private static string Describe(WifiConnectionStatus status)
    {
        return status switch
        {
            WifiConnectionStatus.Success => null,
            WifiConnectionStatus.InvalidCredential => "the access point refused the password",
            WifiConnectionStatus.NetworkNotAvailable => "network not found",
            WifiConnectionStatus.Timeout => "no answer from the access point",
            _ => "could not join the network",
        };
    }

    private string Join()
    {
        try
        {
            NetworkInterface station = FindStation();
            if (station == null)
            {
                return NoInterface;
            }

            Wireless80211Configuration configuration = FindConfiguration(station);
            if (configuration == null || configuration.Ssid == null || configuration.Ssid.Length == 0)
            {
                return "no Wi-Fi network in the device's configuration";
            }

            if (_adapter == null)
            {
                _adapter = WifiAdapter.FindAllAdapters()[0];
            }

            // Automatic is the kind that does not write to flash. An ESP32 takes no null as a password.
            return Describe(_adapter.Connect(configuration.Ssid, WifiReconnectionKind.Automatic, configuration.Password ?? string.Empty).ConnectionStatus);
        }
        catch (Exception e)
        {
            return "Wi-Fi: " + e.Message;
        }
    }
}
