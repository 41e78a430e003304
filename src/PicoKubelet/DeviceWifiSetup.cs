using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The Wi-Fi station's part of the device's network configuration, where nanoff --networkdeployment puts it too.</summary>
internal sealed class DeviceWifiSetup : IWifiSetup
{
    // The runtime listens for half a second on each of up to 14 channels.
    private const int ScanMilliseconds = 15 * 1000;

    /// <inheritdoc/>
    public string Ssid
    {
        get
        {
            Wireless80211Configuration configuration = WifiInterface.FindConfiguration();
            return configuration == null || configuration.Ssid == null ? string.Empty : configuration.Ssid;
        }
    }

    /// <inheritdoc/>
    public bool HasPassword
    {
        get
        {
            Wireless80211Configuration configuration = WifiInterface.FindConfiguration();
            return configuration != null && configuration.Password != null && configuration.Password.Length > 0;
        }
    }

    /// <summary>Says what the station does from the next start on.</summary>
    /// <param name="options">What it does.</param>
    public static void SetStation(Wireless80211Configuration.ConfigurationOptions options)
    {
        Wireless80211Configuration configuration = WifiInterface.FindConfiguration();
        if (configuration != null)
        {
            Store(configuration, options);
        }
    }

    /// <inheritdoc/>
    public void Scan(WifiList networks)
    {
        ManualResetEvent done = new ManualResetEvent(false);
        using (WifiAdapter adapter = WifiAdapter.FindAllAdapters()[0])
        {
            adapter.AvailableNetworksChanged += (sender, e) => done.Set();
            adapter.ScanAsync();
            if (!done.WaitOne(ScanMilliseconds, false))
            {
                return;
            }

            foreach (WifiAvailableNetwork network in adapter.NetworkReport.AvailableNetworks)
            {
                networks.Add(network.Ssid, (int)network.NetworkRssiInDecibelMilliwatts);
            }
        }
    }

    /// <inheritdoc/>
    public bool Save(string ssid, string password)
    {
        try
        {
            Wireless80211Configuration configuration = WifiInterface.FindConfiguration();
            configuration.Ssid = ssid;
            configuration.Password = password ?? configuration.Password;
            bool isOpen = configuration.Password == null || configuration.Password.Length == 0;
            configuration.Authentication = isOpen ? AuthenticationType.Open : AuthenticationType.WPA2;
            configuration.Encryption = isOpen ? EncryptionType.None : EncryptionType.WPA2;
            Store(configuration, Wireless80211Configuration.ConfigurationOptions.AutoConnect | Wireless80211Configuration.ConfigurationOptions.Enable);
            return true;
        }
        catch (Exception)
        {
            // The runtime says no more than that it did not work.
            return false;
        }
    }

    private static void Store(Wireless80211Configuration configuration, Wireless80211Configuration.ConfigurationOptions options)
    {
        // The runtime takes no null for a text.
        configuration.Ssid = configuration.Ssid ?? string.Empty;
        configuration.Password = configuration.Password ?? string.Empty;
        configuration.Options = options;
        configuration.SaveConfiguration();
    }
}
