using System.Net.Security;
using System.Net.Sockets;
using PicoKubelet.Network;

namespace PicoKubelet;

/// <summary>
/// The runtime's TLS, asked only for what it can do at once: where it has to wait in the middle of a record, it stops the whole
/// board, without a bound.
/// </summary>
internal sealed class DeviceTlsStream : SslStream
{
    // lwIP calls a socket writable when half of its send buffer is free, 2,881 bytes on an ESP32, 2,959 on a Pico W.
    private const int MaxWrite = 2048;

    private readonly byte[] _head = new byte[TlsRecords.HeadBytes];
    private readonly DeviceClock _clock = new DeviceClock();
    private readonly Socket _connected;

    /// <summary>Initializes the stream.</summary>
    /// <param name="socket">A connected socket.</param>
    public DeviceTlsStream(Socket socket)
        : base(socket)
    {
        _connected = socket;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int size)
    {
        if (!DataAvailable)
        {
            TlsRecords.Await(_connected, _head, _clock, _connected.ReceiveTimeout);
        }

        return base.Read(buffer, offset, size);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int size)
    {
        while (size > 0)
        {
            int piece = size < MaxWrite ? size : MaxWrite;
            base.Write(buffer, offset, piece);
            offset += piece;
            size -= piece;
        }
    }
}
