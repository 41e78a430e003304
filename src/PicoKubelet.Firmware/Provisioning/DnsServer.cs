using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Says of every name that it is this board (DNS, RFC 1035): so a phone that looks whether its new network leads anywhere finds
/// the page, and shows it.
/// </summary>
internal sealed class DnsServer : DatagramServer
{
    private const int BufferBytes = 512;
    private const int HeaderBytes = 12;

    private readonly byte[] _address;

    /// <summary>Initializes the server.</summary>
    /// <param name="socket">A socket on port 53.</param>
    /// <param name="address">The board's address.</param>
    public DnsServer(IDatagramSocket socket, string address)
        : base(socket, BufferBytes)
    {
        _address = Ipv4Address.Parse(address).GetAddressBytes();
    }

    /// <inheritdoc/>
    protected override void Send(IDatagramSocket socket, int length)
    {
        socket.Reply(Buffer, length);
    }

    /// <inheritdoc/>
    protected override int Answer(int length)
    {
        // A query (QR 0, opcode 0) with one question. What else it brings, such as EDNS, is left out of the answer.
        if (length < HeaderBytes || (Buffer[2] & 0xf8) != 0 || Buffer[4] != 0 || Buffer[5] != 1)
        {
            return 0;
        }

        int end = HeaderBytes;
        while (end < length && Buffer[end] != 0)
        {
            end += Buffer[end] + 1;
        }

        // The name's end, the type and the class. The answer has 16 bytes more.
        end += 5;
        if (end > length || end + 16 > BufferBytes)
        {
            return 0;
        }

        bool isAddress = Buffer[end - 4] == 0 && Buffer[end - 3] == 1 && Buffer[end - 2] == 0 && Buffer[end - 1] == 1;

        // Authoritative, no error, the client's wish for recursion given back; the counts of answers, authorities and more.
        Buffer[2] = (byte)(0x84 | (Buffer[2] & 1));
        Buffer[3] = 0;
        for (int i = 6; i < HeaderBytes; i++)
        {
            Buffer[i] = 0;
        }

        if (!isAddress)
        {
            // There is such a name, and it has nothing of this type: an IPv6 address, say.
            return end;
        }

        // The name by its place in the question, type A, class IN, kept for no time, four bytes.
        Buffer[7] = 1;
        byte[] record = { 0xc0, HeaderBytes, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, _address[0], _address[1], _address[2], _address[3] };
        record.CopyTo(Buffer, end);
        return end + record.Length;
    }
}
