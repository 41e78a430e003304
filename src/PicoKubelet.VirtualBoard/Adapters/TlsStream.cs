using System.Net.Security;
using System.Net.Sockets;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The PC's TLS with a device's timeouts: the socket's, as they are at each read, bound the whole of it.</summary>
internal sealed class TlsStream(Socket socket, BoundedStream wire, SslStream tls) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        wire.SetReadBound(socket.ReceiveTimeout);
        return tls.Read(buffer, offset, count);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        tls.Write(buffer, offset, count);
    }

    public override void Flush()
    {
        tls.Flush();
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        throw new NotSupportedException();
    }

    public override void SetLength(long value)
    {
        throw new NotSupportedException();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            tls.Dispose();
        }

        base.Dispose(disposing);
    }
}
