using System;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Storage;

namespace PicoKubelet;

/// <summary>The firmware on a device.</summary>
public static class DeviceProgram
{
    /// <summary>
    /// Makes the firmware. Who has it runs it and then calls <see cref="End"/>: the thread rests in that, and each call's frame below takes heap meanwhile.
    /// </summary>
    /// <param name="pods">What runs pods, or null in an image without.</param>
    /// <returns>The firmware, or null where there is none to run.</returns>
    public static Firmware Make(IPodProvider pods)
    {
        DebugLog log = new DebugLog();
        DeviceBoard board = new DeviceBoard(log);
        try
        {
            IAccessPoint accessPoint = DeviceAccessPoint.Find(board.TargetName);
            DevicePins pins = new DevicePins(board.TargetName);
            Platform platform = new Platform
            {
                Board = board,
                Network = new WifiInterface(),
                Sockets = new DeviceSocketLayer(board.TargetName),
                Pins = pins,
                Peripherals = new DevicePeripherals(board.TargetName, pins),
                AccessPoint = accessPoint,
                WifiSetup = accessPoint == null ? null : new DeviceWifiSetup(),
                Storage = new AtomicStorage(new FlashFiles()),
                Time = new SntpTimeSource(),
                Clock = new DeviceClock(),
                Log = log,
            };
            return new Firmware(platform, pods);
        }
        catch (Exception e)
        {
            log.Write(LogLevel.Error, "level=error msg=\"unhandled exception\" type=" + e.GetType().FullName + " error=\"" + e.Message + "\"");
            return null;
        }
    }

    /// <summary>Reboots, late; never returns.</summary>
    public static void End()
    {
        // The firmware ends in a reboot by itself. What comes here failed before there was one, and will again: no storm of reboots.
        Thread.Sleep(Rebooter.LongestUptime);
        new DeviceBoard(new DebugLog()).Reboot("the firmware ended");
    }
}
