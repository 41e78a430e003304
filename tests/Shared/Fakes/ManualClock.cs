using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class ManualClock : IClock
{
    public long Milliseconds { get; set; } = 1000;

    public void Advance(long milliseconds)
    {
        Milliseconds += milliseconds;
    }
}
