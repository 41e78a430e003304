using System;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;

namespace PicoKubelet;

/// <summary>The firmware on a device.</summary>
public static class Program
{
    /// <summary>Runs the firmware until a reboot; never returns.</summary>
    public static void Main()
    {
        DebugLog log = new DebugLog();
        DeviceBoard board = new DeviceBoard(log);
        try
        {
            IAccessPoint accessPoint = DeviceAccessPoint.Find(board.TargetName);
            Platform platform = new Platform
            {
                Board = board,
                Network = new WifiInterface(),
                Sockets = new DeviceSocketLayer(board.TargetName),
                Pins = new DevicePins(board.TargetName),
                AccessPoint = accessPoint,
                WifiSetup = accessPoint == null ? null : new DeviceWifiSetup(),
                Storage = new AtomicStorage(new FlashFiles()),
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

        // The firmware ends in a reboot by itself. What comes here failed before there was one, and will again: no storm of reboots.
        Thread.Sleep(Rebooter.LongestUptime);
        board.Reboot("the firmware ended");
    }
}
