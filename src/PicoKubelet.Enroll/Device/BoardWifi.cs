using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Device;

/// <summary>What the settings are to say of Wi-Fi; what is null stays as it is in them.</summary>
/// <param name="Address">The board's static address.</param>
/// <param name="Netmask">The mask of its subnet.</param>
/// <param name="Gateway">The router's address.</param>
/// <param name="Dns">The DNS server's address.</param>
/// <param name="SecondSsid">The second network's name.</param>
/// <param name="SecondPassword">The second network's password, empty for an open one.</param>
internal sealed record BoardWifi(string? Address, string? Netmask, string? Gateway, string? Dns, string? SecondSsid, string? SecondPassword)
{
    /// <summary>Puts it into settings.</summary>
    /// <param name="settings">The settings, of this board or of none yet.</param>
    public void PutInto(JsonObject settings)
    {
        JsonObject wifi = settings["wifi"] as JsonObject ?? [];
        Set(wifi, "address", Address);
        Set(wifi, "netmask", Netmask);
        Set(wifi, "gateway", Gateway);
        Set(wifi, "dns", Dns);
        Set(wifi, "secondSsid", SecondSsid);
        Set(wifi, "secondPassword", SecondPassword);
        if (wifi.Count > 0)
        {
            settings["wifi"] = wifi;
        }
    }

    private static void Set(JsonObject wifi, string name, string? value)
    {
        if (value is not null)
        {
            wifi[name] = value;
        }
    }
}
