using System;
using System.Threading;
using PicoKubelet.Logging;

namespace PicoKubelet;

/// <summary>The firmware on a device.</summary>
public static class Program
{
    // Long enough to read the log and to deploy a better build between two reboots.
    private const int PauseBeforeRebootMilliseconds = 30000;

    /// <summary>Runs the firmware until a reboot; never returns.</summary>
    public static void Main()
    {
        DebugLog log = new DebugLog();
        DeviceBoard board = new DeviceBoard(log);
        try
        {
            Platform platform = new Platform
            {
                Board = board,
                Network = new WifiInterface(),
                Sockets = new DeviceSocketLayer(board.TargetName),
                Pins = new DevicePins(board.TargetName),
                Storage = new FlashStorage(),
                Time = new SntpTimeSource(),
                Clock = new DeviceClock(),
                Log = log,
            };
            new Firmware(platform).Run();
        }
        catch (Exception e)
        {
            log.Write(LogLevel.Error, "level=error msg=\"unhandled exception\" type=" + e.GetType().FullName + " error=\"" + e.Message + "\"");
        }

        Thread.Sleep(PauseBeforeRebootMilliseconds);
        board.Reboot("the firmware ended");
    }
}
