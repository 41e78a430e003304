using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>An access point that opens at once, or only at the next start.</summary>
internal sealed class FakeAccessPoint : IAccessPoint
{
    public string Address => "192.168.4.1";

    public int Port => 80;

    public bool IsOpen { get; set; }

    public string Password { get; set; } = "";

    public string Ssid { get; private set; }

    /// <summary>Whether it opens and closes at a start alone, as a device's does.</summary>
    public bool NeedsRestart { get; set; }

    public int Closes { get; private set; }

    /// <summary>The sockets by port: DHCP and DNS.</summary>
    public FakeDatagrams Dhcp { get; } = new FakeDatagrams();

    public FakeDatagrams Dns { get; } = new FakeDatagrams();

    public bool Open(string ssid, string password)
    {
        Ssid = ssid;
        Password = password;
        IsOpen = !NeedsRestart;
        return IsOpen;
    }

    public bool Close()
    {
        Closes++;
        IsOpen = NeedsRestart;
        return !NeedsRestart;
    }

    public IDatagramSocket OpenDatagrams(int port)
    {
        return port == 67 ? Dhcp : Dns;
    }
}
