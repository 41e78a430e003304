using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A network interface whose address the test sets.</summary>
internal sealed class FakeNetwork : INetworkInterface
{
    public string Address { get; set; } = "192.168.1.50";

    /// <summary>The address that joining the network gives, or null.</summary>
    public string AddressOnConnect { get; set; }

    /// <summary>Why joining the network fails, or null.</summary>
    public string Failure { get; set; }

    public int Connects { get; private set; }

    public byte[] GetMacAddress()
    {
        return new byte[] { 0x28, 0xCD, 0xC1, 0x0A, 0xBC, 0xDE };
    }

    public string GetAddress()
    {
        return Address;
    }

    public string Connect(int timeoutMilliseconds)
    {
        Connects++;
        Address = AddressOnConnect;
        return Failure;
    }
}
