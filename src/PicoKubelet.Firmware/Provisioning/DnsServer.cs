using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Says of every name that it is this board (DNS, RFC 1035): so a phone that looks whether its new network leads anywhere finds
/// the page, and shows it.
/// </summary>
internal sealed class DnsServer
{
    private const int BufferBytes = 512;
    private const int HeaderBytes = 12;
    private const int MaxTurn = 4;

    private readonly IDatagramSocket _socket;
    private readonly byte[] _address;
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Initializes the server.</summary>
    /// <param name="socket">A socket on port 53.</param>
    /// <param name="address">The board's address.</param>
    public DnsServer(IDatagramSocket socket, string address)
    {
        _socket = socket;
        _address = Ipv4Address.Parse(address).GetAddressBytes();
    }

    /// <summary>Answers what has arrived.</summary>
    public void Serve()
    {
        for (int i = 0; i < MaxTurn; i++)
        {
            int length = _socket.Receive(_buffer);
            if (length == 0)
            {
                return;
            }

            int answer = Answer(length);
            if (answer > 0)
            {
                _socket.Reply(_buffer, answer);
            }
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Close()
    {
        _socket.Close();
    }

    /// <returns>The answer's length, or 0 where there is none.</returns>
    private int Answer(int length)
    {
        // A query (QR 0, opcode 0) with one question. What else it brings, such as EDNS, is left out of the answer.
        if (length < HeaderBytes || (_buffer[2] & 0xf8) != 0 || _buffer[4] != 0 || _buffer[5] != 1)
        {
            return 0;
        }

        int end = HeaderBytes;
        while (end < length && _buffer[end] != 0)
        {
            end += _buffer[end] + 1;
        }

        // The name's end, the type and the class. The answer has 16 bytes more.
        end += 5;
        if (end > length || end + 16 > BufferBytes)
        {
            return 0;
        }

        bool isAddress = _buffer[end - 4] == 0 && _buffer[end - 3] == 1 && _buffer[end - 2] == 0 && _buffer[end - 1] == 1;

        // Authoritative, no error, the client's wish for recursion given back; the counts of answers, authorities and more.
        _buffer[2] = (byte)(0x84 | (_buffer[2] & 1));
        _buffer[3] = 0;
        for (int i = 6; i < HeaderBytes; i++)
        {
            _buffer[i] = 0;
        }

        if (!isAddress)
        {
            // There is such a name, and it has nothing of this type: an IPv6 address, say.
            return end;
        }

        // The name by its place in the question, type A, class IN, kept for no time, four bytes.
        _buffer[7] = 1;
        byte[] record = { 0xc0, HeaderBytes, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, _address[0], _address[1], _address[2], _address[3] };
        record.CopyTo(_buffer, end);
        return end + record.Length;
    }
}
