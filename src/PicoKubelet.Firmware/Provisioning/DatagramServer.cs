using PicoKubelet.Hardware;

namespace PicoKubelet.Provisioning;

/// <summary>Answers datagrams on a port, each in the buffer that it came in.</summary>
internal abstract class DatagramServer
{
    // How many are answered at a time.
    private const int MaxTurn = 4;

    private readonly IDatagramSocket _socket;

    /// <summary>Initializes the server with its buffer.</summary>
    /// <param name="socket">A socket on its port.</param>
    /// <param name="bufferBytes">The longest datagram; what is longer is cut.</param>
    protected DatagramServer(IDatagramSocket socket, int bufferBytes)
    {
        _socket = socket;
        Buffer = new byte[bufferBytes];
    }

    /// <summary>Gets the buffer of a datagram, and of its answer.</summary>
    protected byte[] Buffer { get; }

    /// <summary>Answers what has arrived.</summary>
    public void Serve()
    {
        for (int i = 0; i < MaxTurn; i++)
        {
            int length = _socket.Receive(Buffer);
            if (length == 0)
            {
                return;
            }

            int answer = Answer(length);
            if (answer > 0)
            {
                Send(_socket, answer);
            }
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Close()
    {
        _socket.Close();
    }

    /// <summary>Makes the answer in the buffer, in place of the datagram that it answers.</summary>
    /// <param name="length">The datagram's length.</param>
    /// <returns>The answer's length, or 0 where there is none.</returns>
    protected abstract int Answer(int length);

    /// <summary>Sends the answer that is in the buffer.</summary>
    /// <param name="socket">The server's socket.</param>
    /// <param name="length">The answer's length.</param>
    protected abstract void Send(IDatagramSocket socket, int length);
}
