using System;
using System.IO;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet.Network;

/// <summary>A connection over a socket, plain or TLS. Whatever the peer does, nothing outlasts the deadline.</summary>
public sealed class SocketConnection : IOutboundConnection
{
    // A wait may end a tick of the clock too soon; then it would not be known for one that took too long.
    private const int ClockTick = 20;

    private readonly ISocketLayer _sockets;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly IClock _clock;
    private long _deadline;
    private bool _isClosed;

    /// <summary>Initializes the connection.</summary>
    /// <param name="sockets">The platform's sockets.</param>
    /// <param name="socket">A connected socket; the connection owns it.</param>
    /// <param name="stream">The stream over it.</param>
    /// <param name="clock">The clock of the deadline.</param>
    /// <param name="deadline">When all has to be over, in the clock's milliseconds, until another deadline is set.</param>
    public SocketConnection(ISocketLayer sockets, Socket socket, Stream stream, IClock clock, long deadline)
    {
        _sockets = sockets;
        _socket = socket;
        _stream = stream;
        _clock = clock;
        _deadline = deadline;
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
        _socket.ReceiveTimeout = Remaining(_clock, _deadline) + ClockTick;
        return _stream.Read(buffer, offset, count);
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        _socket.SendTimeout = Remaining(_clock, _deadline) + ClockTick;
        _stream.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public void SetDeadline(int milliseconds)
    {
        _deadline = _clock.Milliseconds + milliseconds;
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

    /// <summary>Gets what is left until a deadline.</summary>
    /// <returns>Milliseconds, at least one: a socket's timeout of none means for ever.</returns>
    /// <exception cref="TimeoutException">It has passed.</exception>
    internal static int Remaining(IClock clock, long deadline)
    {
        long remaining = deadline - clock.Milliseconds;
        if (remaining <= 0)
        {
            throw new TimeoutException("no answer in time");
        }

        return (int)remaining;
    }
}
