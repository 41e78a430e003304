using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class ManualClock : IClock
{
    private long _milliseconds = 1000;

    /// <summary>How often somebody has looked.</summary>
    public int Looks { get; private set; }

    public long Milliseconds
    {
        get
        {
            Looks++;
            return _milliseconds;
        }

        set => _milliseconds = value;
    }

    public void Advance(long milliseconds)
    {
        _milliseconds += milliseconds;
    }
}
