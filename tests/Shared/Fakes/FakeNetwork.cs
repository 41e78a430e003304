using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A network interface that does what the test says.</summary>
internal sealed class FakeNetwork : INetworkInterface
{
    public string Ssid { get; set; } = "home";

    public string Address { get; set; } = "192.168.1.50";

    /// <summary>The address that joining the network gives, or null.</summary>
    public string AddressOnConnect { get; set; }

    /// <summary>What the radio says of joining where there is no address.</summary>
    public JoinResult Result { get; set; } = JoinResult.NotFound;

    /// <summary>Whether the link is up where there is no address.</summary>
    public bool IsLinkUp { get; set; }

    /// <summary>The signal that a scan finds, or 0.</summary>
    public int Signal { get; set; }

    public bool CanScan { get; set; } = true;

    /// <summary>Moved by what an attempt and a scan take, where it is set.</summary>
    public ManualClock Clock { get; set; }

    public int JoinMilliseconds { get; set; }

    public int ScanMilliseconds { get; set; }

    public int Connects { get; private set; }

    /// <summary>The name that the last attempt was given, null for the device's own network, and the password of another one.</summary>
    public string LastSsid { get; private set; }

    public string LastPassword { get; private set; }

    /// <summary>The address that joining another network gives, or null, and what the radio says and sees of it then.</summary>
    public string AddressOnSecond { get; set; }

    public JoinResult SecondResult { get; set; } = JoinResult.NotFound;

    public int SecondSignal { get; set; }

    public int SecondConnects { get; private set; }

    /// <summary>The static address that was asked for last, or null for DHCP, and how often it was asked.</summary>
    public StaticAddress UsedAddress { get; private set; }

    public int AddressChanges { get; private set; }

    public bool TakesAddress { get; set; } = true;

    public int Leaves { get; private set; }

    public int Scans { get; private set; }

    public byte[] GetMacAddress()
    {
        return new byte[] { 0x28, 0xCD, 0xC1, 0x0A, 0xBC, 0xDE };
    }

    public string GetSsid()
    {
        return Ssid;
    }

    public string Password { get; set; }

    public string GetPassword()
    {
        return Password;
    }

    public string GetAddress()
    {
        return Address;
    }

    public bool IsJoined()
    {
        return Address != null || IsLinkUp;
    }

    public bool UseAddress(StaticAddress address)
    {
        UsedAddress = address;
        AddressChanges++;
        return TakesAddress;
    }

    public JoinResult Join(string ssid, string password)
    {
        LastSsid = ssid;
        Clock?.Advance(JoinMilliseconds);
        if (ssid == null)
        {
            Connects++;
            Address = AddressOnConnect;
            return Address == null ? Result : JoinResult.Joined;
        }

        SecondConnects++;
        LastPassword = password;
        Address = AddressOnSecond;
        return Address == null ? SecondResult : JoinResult.Joined;
    }

    public void Leave()
    {
        Leaves++;
    }

    public bool TryScan(string ssid, out int dbm)
    {
        Scans++;
        Clock?.Advance(ScanMilliseconds);
        dbm = ssid == Ssid ? Signal : SecondSignal;
        return CanScan;
    }
}
