using System.IO;
using System.Net.Sockets;

namespace PicoKubelet.Network;

/// <summary>A connection over a socket, plain or TLS.</summary>
public sealed class SocketConnection : IOutboundConnection
{
    private readonly ISocketLayer _sockets;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private bool _isClosed;

    /// <summary>Initializes the connection.</summary>
    /// <param name="sockets">The platform's sockets.</param>
    /// <param name="socket">A connected socket with its timeouts set; the connection owns it.</param>
    /// <param name="stream">The stream over it.</param>
    public SocketConnection(ISocketLayer sockets, Socket socket, Stream stream)
    {
        _sockets = sockets;
        _socket = socket;
        _stream = stream;
    }

    /// <inheritdoc/>
    public bool HasArrived
    {
        get
        {
            try
            {
                return _sockets.HasArrived(_socket, _stream);
            }
            catch
            {
                // A socket that can not even be asked is not to be used again.
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        return _stream.Read(buffer, offset, count);
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        _stream.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public void SetReadTimeout(int timeoutMilliseconds)
    {
        _socket.ReceiveTimeout = timeoutMilliseconds;
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_isClosed)
        {
            return;
        }

        // Both, each on its own: a stream that fails to close must not leave its socket to the finalizer.
        _isClosed = true;
        try
        {
            _stream.Close();
        }
        catch
        {
        }

        try
        {
            _socket.Close();
        }
        catch
        {
        }
    }
}
