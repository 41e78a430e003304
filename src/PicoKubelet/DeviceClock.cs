using System;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>The runtime's tick counter; it is not moved when the time of day is set.</summary>
internal sealed class DeviceClock : IClock
{
    /// <inheritdoc/>
    public long Milliseconds => Environment.TickCount64;
}
