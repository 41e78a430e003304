using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The PC's time of day in place of SNTP.</summary>
internal sealed class SystemTime : ITimeSource
{
    public static readonly SystemTime Instance = new();

    public bool TryGetUtc(string server, out DateTime utc)
    {
        utc = DateTime.UtcNow;
        return true;
    }

    public bool TryReadClock(out DateTime utc)
    {
        utc = DateTime.UtcNow;
        return true;
    }
}
