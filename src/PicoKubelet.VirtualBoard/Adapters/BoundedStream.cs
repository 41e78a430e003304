using System.Net.Sockets;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>
/// A socket below TLS: all that is read until the bound is set again is over by then, however small the pieces are in which the
/// peer sends. A timeout of the socket's own bounds each piece alone. What passes is counted.
/// </summary>
internal sealed class BoundedStream(Socket socket, SimulatedNetwork network) : NetworkStream(socket, ownsSocket: true)
{
    private long _deadline;

    /// <summary>Sets when all that is read has to be over.</summary>
    /// <param name="milliseconds">From now.</param>
    public void SetReadBound(int milliseconds)
    {
        _deadline = Environment.TickCount64 + milliseconds;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Await();
        int read = base.Read(buffer, offset, count);
        network.CountBytes(0, read);
        return read;
    }

    // Ends in the one above, as writing of a span does in the one below.
    public override int Read(Span<byte> buffer)
    {
        Await();
        return base.Read(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        network.CountBytes(count, 0);
    }

    private void Await()
    {
        long remaining = _deadline - Environment.TickCount64;
        if (remaining <= 0 || !Socket.Poll(TimeSpan.FromMilliseconds(remaining), SelectMode.SelectRead))
        {
            throw new TimeoutException("no answer in time");
        }
    }
}
