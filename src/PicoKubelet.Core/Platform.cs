using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;

namespace PicoKubelet;

/// <summary>Everything that the firmware needs from what it runs on. The device and the PC each fill in their own.</summary>
public sealed class Platform
{
    /// <summary>Gets or sets the microcontroller.</summary>
    public IBoard Board { get; set; }

    /// <summary>Gets or sets the network interface.</summary>
    public INetworkInterface Network { get; set; }

    /// <summary>Gets or sets the socket calls that differ between device and PC.</summary>
    public ISocketLayer Sockets { get; set; }

    /// <summary>Gets or sets the pins and the LED, or null where there are none.</summary>
    public IPins Pins { get; set; }

    /// <summary>Gets or sets what the chip has besides the levels of its pins, or null where there is nothing.</summary>
    public IPeripherals Peripherals { get; set; }

    /// <summary>Gets or sets what the board can tell beyond its memory, or null where it can tell nothing.</summary>
    public ITelemetry Telemetry { get; set; }

    /// <summary>Gets or sets the Wi-Fi network that the board can open itself, or null where it can not.</summary>
    public IAccessPoint AccessPoint { get; set; }

    /// <summary>Gets or sets the Wi-Fi credentials in the device's configuration, or null where there is no <see cref="AccessPoint"/>.</summary>
    public IWifiSetup WifiSetup { get; set; }

    /// <summary>Gets or sets the file storage.</summary>
    public IStorage Storage { get; set; }

    /// <summary>Gets or sets the source of the time of day.</summary>
    public ITimeSource Time { get; set; }

    /// <summary>Gets or sets the monotonic clock.</summary>
    public IClock Clock { get; set; }

    /// <summary>Gets or sets where log lines go.</summary>
    public ILogSink Log { get; set; }
}
