using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A Pico W, as far as the firmware sees it.</summary>
internal sealed class FakeBoard : IBoard
{
    public string TargetName { get; set; } = "PICO_RP2040_W";

    public string RuntimeVersion { get; set; } = "1.16.0.321";

    public long FreeHeap { get; set; } = 40000;

    public long TotalHeap { get; set; } = 64000;

    public int HeapLooks { get; private set; }

    /// <summary>What the system's clock was last set to.</summary>
    public DateTime SystemClock { get; private set; }

    public int Reboots { get; private set; }

    public string RebootReason { get; private set; }

    public long GetFreeHeap()
    {
        HeapLooks++;
        return FreeHeap;
    }

    public long GetTotalHeap()
    {
        return TotalHeap;
    }

    public void SetClock(DateTime utc)
    {
        SystemClock = utc;
    }

    public void Reboot(string reason)
    {
        Reboots++;
        RebootReason = reason;
    }
}
