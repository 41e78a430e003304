using System;
using System.Threading;
using nanoFramework.Runtime.Native;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace PicoKubelet;

/// <summary>The microcontroller, as nanoFramework.Runtime.Native shows it.</summary>
internal sealed class DeviceBoard : IBoard
{
    private readonly ILogSink _log;
    private long _totalHeap;

    /// <summary>Initializes the board. To be made first, while nearly all of the heap is still free.</summary>
    /// <param name="log">Where a fault of the board's goes.</param>
    public DeviceBoard(ILogSink log)
    {
        _log = log;
        TargetName = SystemInfo.TargetName;
        RuntimeVersion = SystemInfo.Version.ToString();
        GetFreeHeap();
    }

    /// <inheritdoc/>
    public string TargetName { get; }

    /// <inheritdoc/>
    public string RuntimeVersion { get; }

    /// <inheritdoc/>
    public long GetFreeHeap()
    {
        // Without compaction, which moves every block: the sum is the same.
        long free = NativeGC.Run(false);
        if (free > _totalHeap)
        {
            _totalHeap = free;
        }

        return free;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The runtime tells no size of the heap to programs. What was free at the start is what the firmware has to
    /// itself; the tables of the loaded assemblies, which never go away, are left out.
    /// </remarks>
    public long GetTotalHeap() => _totalHeap;

    /// <inheritdoc/>
    public void SetClock(DateTime utc)
    {
        try
        {
            Rtc.SetSystemTime(utc);
        }
        catch (Exception)
        {
            // A Pico 2 W's runtime is built without an RTC and its clock can not be set; the firmware keeps its own time.
            _log.Write(LogLevel.Warning, "level=warning msg=\"this board's system clock can not be set\"");
        }
    }

    /// <inheritdoc/>
    public void Reboot(string reason)
    {
        Power.RebootDevice();

        // The call above only asks for the reboot, and comes back.
        Thread.Sleep(Timeout.Infinite);
    }
}
