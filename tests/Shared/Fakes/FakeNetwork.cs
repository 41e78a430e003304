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

    public JoinResult Join()
    {
        Connects++;
        Clock?.Advance(JoinMilliseconds);
        Address = AddressOnConnect;
        return Address == null ? Result : JoinResult.Joined;
    }

    public bool TryScan(out int dbm)
    {
        Scans++;
        Clock?.Advance(ScanMilliseconds);
        dbm = Signal;
        return CanScan;
    }
}
