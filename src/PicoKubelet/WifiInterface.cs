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
    // An ESP32 listens for half a second on each of up to 14 channels; a Pico gives up after 10 s.
    private const int ScanMilliseconds = 12000;

    // The event that ends the attempt before, which an ESP32 would otherwise take for the end of the next one.
    private const int DisconnectMilliseconds = 250;

    private readonly AutoResetEvent _scanned = new AutoResetEvent(false);
    private WifiAdapter _adapter;

    /// <inheritdoc/>
    public byte[] GetMacAddress()
    {
        NetworkInterface station = FindStation();
        if (station == null)
        {
            throw new InvalidOperationException("no Wi-Fi interface");
        }

        return station.PhysicalAddress;
    }

    /// <inheritdoc/>
    public string GetPassword()
    {
        Wireless80211Configuration configuration = FindConfiguration();
        return configuration == null ? null : configuration.Password;
    }

    /// <inheritdoc/>
    public string GetSsid()
    {
        Wireless80211Configuration configuration = FindConfiguration();
        string ssid = configuration == null ? null : configuration.Ssid;
        return ssid == null || ssid.Length == 0 ? null : ssid;
    }

    /// <inheritdoc/>
    public string GetAddress()
    {
        // The link first: a static address is in the configuration whether the link is up or not.
        NetworkInterface station = IsJoined() ? FindStation() : null;
        string address = station == null ? null : station.IPv4Address;
        return address == null || address.Length == 0 || address == "0.0.0.0" ? null : address;
    }

    /// <inheritdoc/>
    /// <remarks>The runtime tells it of all interfaces together: while the board's own network is open, it is always true.</remarks>
    public bool IsJoined() => NetworkInterface.GetIsNetworkAvailable();

    /// <inheritdoc/>
    public bool UseAddress(StaticAddress address)
    {
        try
        {
            NetworkInterface station = FindStation();
            if (address != null)
            {
                // An ESP32's runtime holds it from now on, over losses too, but not over a restart: esp_netif has to be told each time.
                station.EnableStaticIPv4(address.Address, address.Netmask, address.Gateway);
                station.EnableStaticIPv4Dns(new string[] { address.Dns });
            }
            else if (!station.IsDhcpEnabled)
            {
                station.EnableDhcp();
            }

            return true;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            // The runtime says no more than that it did not work.
            return false;
        }
    }

    /// <inheritdoc/>
    public JoinResult Join(string ssid, string password)
    {
        try
        {
            if (ssid == null)
            {
                Wireless80211Configuration configuration = FindConfiguration();
                ssid = configuration.Ssid;
                password = configuration.Password;
            }

            // Automatic is the kind that does not write to flash. An ESP32 takes no null as a password.
            WifiConnectionResult result = GetAdapter().Connect(ssid, WifiReconnectionKind.Automatic, password ?? string.Empty);
            return result.ConnectionStatus switch
            {
                WifiConnectionStatus.Success => JoinResult.Joined,
                WifiConnectionStatus.InvalidCredential => JoinResult.Refused,
                WifiConnectionStatus.NetworkNotAvailable => JoinResult.NotFound,
                WifiConnectionStatus.Timeout => JoinResult.NoAnswer,
                _ => JoinResult.Failed,
            };
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            return JoinResult.Failed;
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        try
        {
            GetAdapter().Disconnect();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            // It was not joined.
        }
    }

    /// <inheritdoc/>
    /// <remarks>A Pico's native code blocks every managed thread while it looks.</remarks>
    public bool TryScan(string ssid, out int dbm)
    {
        dbm = 0;
        try
        {
            // An ESP32 goes on trying to join by itself, and does not look around meanwhile.
            WifiAdapter adapter = GetAdapter();
            adapter.Disconnect();
            Thread.Sleep(DisconnectMilliseconds);
            _scanned.Reset();
            adapter.ScanAsync();
            if (!_scanned.WaitOne(ScanMilliseconds, false))
            {
                return false;
            }

            dbm = FindSignal(adapter.NetworkReport.AvailableNetworks, ssid);
            return true;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static int FindSignal(WifiAvailableNetwork[] networks, string ssid)
    {
        int strongest = 0;
        foreach (WifiAvailableNetwork network in networks)
        {
            int dbm = (int)network.NetworkRssiInDecibelMilliwatts;
            if (network.Ssid == ssid && (strongest == 0 || dbm > strongest))
            {
                strongest = dbm;
            }
        }

        return strongest;
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

    /// <summary>Finds the station's part of the device's network configuration.</summary>
    /// <returns>A copy of it, or null where there is none.</returns>
    internal static Wireless80211Configuration FindConfiguration()
    {
        NetworkInterface station = FindStation();
        Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
        return station != null && station.SpecificConfigId < (uint)all.Length ? all[(int)station.SpecificConfigId] : null;
    }

    private WifiAdapter GetAdapter()
    {
        if (_adapter == null)
        {
            _adapter = WifiAdapter.FindAllAdapters()[0];
            _adapter.AvailableNetworksChanged += OnScanned;
        }

        return _adapter;
    }

    private void OnScanned(WifiAdapter sender, object e)
    {
        _scanned.Set();
    }
}
