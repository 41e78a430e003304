using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Text;

namespace PicoKubelet.Api;

/// <summary>What comes from a connection: each read waits for what is left of the time, so that all of them together are bounded.</summary>
public sealed class TimedSource : IByteSource
{
    private readonly IClock _clock;

    /// <summary>Initializes the source; it has no connection yet.</summary>
    /// <param name="clock">The clock of the deadline.</param>
    public TimedSource(IClock clock)
    {
        _clock = clock;
    }

    /// <summary>Gets or sets the connection, or null while there is none.</summary>
    public IOutboundConnection Connection { get; set; }

    /// <summary>Gets or sets when everything must have come, in the clock's milliseconds.</summary>
    public long Deadline { get; set; }

    /// <summary>Gets what is left of the time, in milliseconds; at least one, since none would mean no bound.</summary>
    public int Left
    {
        get
        {
            long left = Deadline - _clock.Milliseconds;
            return left > 1 ? (int)left : 1;
        }
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        Connection.SetDeadline(Left);
        return Connection.Read(buffer, offset, count);
    }
}
