using System;

namespace PicoKubelet.Network;

/// <summary>
/// Asks whether a server's TLS answers at all: a ClientHello, and the first record of the answer. A device's own handshake waits
/// without a bound for a server that is silent, and everything on the board with it, so it begins only where somebody just answered.
/// The hello offers TLS 1.3 without a key, which a server answers by asking for one (RFC 8446, 4.1.4) before it signs anything,
/// and TLS 1.2.
/// </summary>
public static class TlsProbe
{
    private const int HeadBytes = 5;
    private const int MaxNameBytes = 253;

    // RFC 8446, 5.1 and 5.2.
    private const int MaxRecordBytes = 16384 + 256;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ServerHello = 2;
    private const byte ProtocolVersion = 70;
    private const byte Tls12 = 3;

    // Where the lengths are that the server's name adds to: of the record, the handshake message, and the extensions.
    private const int RecordLength = 3;
    private const int MessageLength = 7;
    private const int ExtensionsLength = 72;

    /// <summary>Asks.</summary>
    /// <param name="connection">A connection without TLS, whose deadline bounds the answer. It is of no use afterwards.</param>
    /// <param name="host">The server's name or address; a name is told to it, since a router on the way may go by it.</param>
    /// <exception cref="ConnectException">What answered will not make a handshake with this board.</exception>
    public static void Ask(IConnection connection, string host)
    {
        byte[] hello = MakeHello(Ipv4Address.Parse(host) == null ? host : string.Empty);
        connection.Write(hello, 0, hello.Length);

        // The hello's buffer has done its duty.
        ReadAnswer(connection, hello);
    }

    private static byte[] MakeHello(string name)
    {
        int length = name.Length > MaxNameBytes ? 0 : name.Length;
        int added = length == 0 ? 0 : length + 9;
        byte[] constant = MakeConstantPart();
        if (length == 0)
        {
            return constant;
        }

        byte[] hello = new byte[constant.Length + added];
        Array.Copy(constant, 0, hello, 0, constant.Length);

        Add(hello, RecordLength, added);
        Add(hello, MessageLength, added);
        Add(hello, ExtensionsLength, added);

        // server_name (RFC 6066): a list of one.
        int at = constant.Length + 2;
        Add(hello, at, length + 5);
        Add(hello, at + 2, length + 3);
        Add(hello, at + 5, length);
        for (int i = 0; i < length; i++)
        {
            hello[at + 7 + i] = (byte)name[i];
        }

        return hello;
    }

    /// <summary>Makes the bytes that are the same for all: made anew each time, since it is asked seldom and the heap is small.</summary>
    private static byte[] MakeConstantPart()
    {
        // The record's head, the message's, version 1.2, 32 bytes of what is random in a handshake that is meant, no session;
        // ECDHE and RSA with AES-GCM or ChaCha20, no compression.
        return new byte[]
        {
            22, 3, 1, 0, 124, 1, 0, 0, 120, 3, 3,
            0x70, 0x69, 0x63, 0x6f, 0x6b, 0x75, 0x62, 0x65, 0x6c, 0x65, 0x74, 0x20, 0x61, 0x73, 0x6b, 0x73,
            0x3a, 0x20, 0x61, 0x72, 0x65, 0x20, 0x79, 0x6f, 0x75, 0x20, 0x74, 0x68, 0x65, 0x72, 0x65, 0x3f,
            0,
            0, 24, 0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xc0, 0x2b, 0xc0, 0x2c, 0xc0, 0x2f, 0xc0, 0x30, 0xcc, 0xa8, 0xcc, 0xa9, 0, 0x9c, 0, 0x9d, 0, 0x2f,
            1, 0,
            0, 55,

            // supported_groups: x25519, secp256r1, secp384r1. ec_point_formats: uncompressed.
            0, 10, 0, 8, 0, 6, 0, 0x1d, 0, 0x17, 0, 0x18,
            0, 11, 0, 2, 1, 0,

            // signature_algorithms: ECDSA and RSA-PSS with SHA-256 and SHA-384, RSA PKCS#1 with SHA-256.
            0, 13, 0, 12, 0, 10, 4, 3, 5, 3, 8, 4, 8, 5, 4, 1,

            // supported_versions: 1.3, 1.2. psk_key_exchange_modes. key_share: none yet.
            0, 43, 0, 5, 4, 3, 4, 3, 3,
            0, 45, 0, 2, 1, 1,
            0, 51, 0, 2, 0, 0,
        };
    }

    private static void Add(byte[] buffer, int at, int number)
    {
        int sum = (buffer[at] << 8) + buffer[at + 1] + number;
        buffer[at] = (byte)(sum >> 8);
        buffer[at + 1] = (byte)sum;
    }

    private static void ReadAnswer(IConnection connection, byte[] buffer)
    {
        Fill(connection, buffer, 0, HeadBytes);
        int length = (buffer[3] << 8) | buffer[4];
        bool isTls = buffer[0] >= 20 && buffer[0] <= Handshake && buffer[1] == 3 && length > 0 && length <= MaxRecordBytes;
        if (!isTls)
        {
            throw Refused("the server does not speak TLS; is its URL http://?");
        }

        // The version is in the first bytes; the rest only has to come.
        int kept = length < 16 ? length : 16;
        Fill(connection, buffer, HeadBytes, kept);
        int left = length - kept;
        int room = buffer.Length - HeadBytes - 16;
        while (left > 0)
        {
            int piece = left < room ? left : room;
            Fill(connection, buffer, HeadBytes + 16, piece);
            left -= piece;
        }

        bool isOld = buffer[0] == Alert ? kept == 2 && buffer[6] == ProtocolVersion : buffer[0] == Handshake && kept > 5 && buffer[5] == ServerHello && buffer[9] == 3 && buffer[10] < Tls12;
        if (isOld)
        {
            throw Refused("the server speaks neither TLS 1.2 nor 1.3");
        }
    }

    private static void Fill(IConnection connection, byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        while (offset < end)
        {
            int read = connection.Read(buffer, offset, end - offset);
            if (read <= 0)
            {
                throw Refused("closed by the server");
            }

            offset += read;
        }
    }

    private static ConnectException Refused(string why)
    {
        return new ConnectException(ConnectPhase.Handshake, why);
    }
}
