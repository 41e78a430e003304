using System.Buffers.Binary;
using System.Net;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The addresses that the simulated network hands out.</summary>
internal static class SimulatedAddresses
{
    /// <summary>Gets the address of a board among many: counted up from the first, without those that end in 0 or 255.</summary>
    public static string At(string first, int index)
    {
        uint address = Number(first);
        for (int i = 0; i < index; i++)
        {
            do
            {
                address++;
            }
            while ((address & 0xff) is 0 or 0xff);
        }

        return Text(address);
    }

    /// <summary>Gets the address that a board has next. Loopback addresses move to the next /16, where no other board is.</summary>
    public static string After(string address)
    {
        uint number = Number(address);
        bool isLoopback = number >> 24 == 127;
        return isLoopback
            ? Text((number & 0xff00ffff) | ((number + 0x10000) & 0xff0000))
            : At(address, 1);
    }

    private static uint Number(string address)
    {
        return BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());
    }

    private static string Text(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }
}
