using System;
using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Gives out addresses in the board's own network (DHCP, RFC 2131), which the runtimes do not: as much as a phone or a laptop
/// needs, for as many clients as the network takes. Answers are broadcast, since a client without an address takes no other.
/// </summary>
internal sealed class DhcpServer : DatagramServer
{
    /// <summary>How many clients the network takes.</summary>
    public const int MaxClients = 4;

    private const int ClientPort = 68;

    // BOOTP's fixed part, the cookie and the options of a usual message; a longer one is cut, and its last options with it.
    private const int BufferBytes = 576;

    // RFC 2131, section 2: op, htype, hlen, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file, cookie.
    private const int YiAddr = 16;
    private const int GiAddr = 24;
    private const int ChAddr = 28;
    private const int Cookie = 236;
    private const int Options = 240;
    private const int HardwareLength = 6;

    // RFC 2132.
    private const byte SubnetMask = 1;
    private const byte Router = 3;
    private const byte DomainNameServer = 6;
    private const byte RequestedAddress = 50;
    private const byte LeaseTime = 51;
    private const byte MessageType = 53;
    private const byte ServerIdentifier = 54;
    private const byte End = 255;
    private const byte Discover = 1;
    private const byte Offer = 2;
    private const byte Request = 3;
    private const byte Ack = 5;
    private const byte Nak = 6;

    // Longer than the network stays open.
    private const int LeaseSeconds = 3600;

    private readonly byte[] _server;
    private readonly byte[] _clients = new byte[MaxClients * HardwareLength];
    private int _clientCount;
    private int _next;

    /// <summary>Initializes the server.</summary>
    /// <param name="socket">A socket on port 67.</param>
    /// <param name="address">The board's address. The clients' are the ones behind it; the network has 254.</param>
    public DhcpServer(IDatagramSocket socket, string address)
        : base(socket, BufferBytes)
    {
        _server = Ipv4Address.Parse(address).GetAddressBytes();
    }

    /// <inheritdoc/>
    protected override void Send(IDatagramSocket socket, int length)
    {
        socket.Broadcast(Buffer, length, ClientPort);
    }

    /// <inheritdoc/>
    protected override int Answer(int length)
    {
        if (!IsRequest(length))
        {
            return 0;
        }

        byte type = ReadOption(length, MessageType, 1, out int at) ? Buffer[at] : (byte)0;
        if (type != Discover && type != Request)
        {
            return 0;
        }

        if (ReadOption(length, ServerIdentifier, 4, out at) && !IsServer(at))
        {
            // The client took another server's offer.
            return 0;
        }

        byte host = HostOf(ChAddr);
        byte answer = type == Discover ? Offer : Ack;
        if (type == Request)
        {
            // In an option where it was offered, in the client's address where a lease is made longer.
            bool isAsked = ReadOption(length, RequestedAddress, 4, out at);
            at = isAsked ? at : 12;
            if (Buffer[at] != _server[0] || Buffer[at + 1] != _server[1] || Buffer[at + 2] != _server[2] || Buffer[at + 3] != host)
            {
                answer = Nak;
            }
        }

        return Write(answer, host);
    }

    private bool IsRequest(int length)
    {
        // A client's (op 1), of Ethernet's kind of address, on this network rather than behind a relay, and with DHCP's cookie.
        return length > Options && Buffer[0] == 1 && Buffer[1] == 1 && Buffer[2] == HardwareLength
            && Buffer[GiAddr] == 0 && Buffer[GiAddr + 1] == 0 && Buffer[GiAddr + 2] == 0 && Buffer[GiAddr + 3] == 0
            && Buffer[Cookie] == 99 && Buffer[Cookie + 1] == 130 && Buffer[Cookie + 2] == 83 && Buffer[Cookie + 3] == 99;
    }

    private bool IsServer(int at)
    {
        return Buffer[at] == _server[0] && Buffer[at + 1] == _server[1] && Buffer[at + 2] == _server[2] && Buffer[at + 3] == _server[3];
    }

    /// <summary>Finds an option.</summary>
    private bool ReadOption(int length, byte code, int size, out int at)
    {
        at = Options;
        while (at + 1 < length && Buffer[at] != End)
        {
            if (Buffer[at] == 0)
            {
                at++;
                continue;
            }

            int option = Buffer[at];
            int optionLength = Buffer[at + 1];
            at += 2;
            if (option == code)
            {
                return optionLength == size && at + size <= length;
            }

            at += optionLength;
        }

        return false;
    }

    /// <summary>Gets the last number of a client's address: its own as long as it is known, then that of the client that came first.</summary>
    private byte HostOf(int hardware)
    {
        int client = 0;
        while (client < _clientCount && !IsClient(client, hardware))
        {
            client++;
        }

        if (client == _clientCount)
        {
            client = _next;
            _next = (_next + 1) % MaxClients;
            _clientCount = _clientCount < MaxClients ? _clientCount + 1 : MaxClients;
            Array.Copy(Buffer, hardware, _clients, client * HardwareLength, HardwareLength);
        }

        return (byte)(_server[3] + 1 + client);
    }

    private bool IsClient(int client, int hardware)
    {
        for (int i = 0; i < HardwareLength; i++)
        {
            if (_clients[(client * HardwareLength) + i] != Buffer[hardware + i])
            {
                return false;
            }
        }

        return true;
    }

    private int Write(byte type, byte host)
    {
        Buffer[0] = 2;
        Array.Clear(Buffer, YiAddr, 8);
        Array.Clear(Buffer, ChAddr + HardwareLength, Cookie - ChAddr - HardwareLength);
        int at = Options;
        at = WriteOption(at, MessageType, type);
        at = WriteOption(at, ServerIdentifier, _server[0], _server[1], _server[2], _server[3]);
        if (type != Nak)
        {
            Array.Copy(_server, 0, Buffer, YiAddr, 3);
            Buffer[YiAddr + 3] = host;
            at = WriteOption(at, LeaseTime, 0, 0, LeaseSeconds >> 8, LeaseSeconds & 255);
            at = WriteOption(at, SubnetMask, 255, 255, 255, 0);
            at = WriteOption(at, Router, _server[0], _server[1], _server[2], _server[3]);
            at = WriteOption(at, DomainNameServer, _server[0], _server[1], _server[2], _server[3]);
        }
        else
        {
            // No address to keep.
            Array.Clear(Buffer, 12, 4);
        }

        Buffer[at++] = End;

        // As long as BOOTP's messages were, which some clients insist on (RFC 1542, section 2.1).
        while (at < 300)
        {
            Buffer[at++] = 0;
        }

        return at;
    }

    private int WriteOption(int at, byte code, byte value)
    {
        Buffer[at] = code;
        Buffer[at + 1] = 1;
        Buffer[at + 2] = value;
        return at + 3;
    }

    private int WriteOption(int at, byte code, int first, int second, int third, int fourth)
    {
        Buffer[at] = code;
        Buffer[at + 1] = 4;
        Buffer[at + 2] = (byte)first;
        Buffer[at + 3] = (byte)second;
        Buffer[at + 4] = (byte)third;
        Buffer[at + 5] = (byte)fourth;
        return at + 6;
    }
}
