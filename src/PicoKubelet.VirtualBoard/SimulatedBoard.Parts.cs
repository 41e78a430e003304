using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard;

// What the firmware is given to run on.
public sealed partial class SimulatedBoard
{
    private Firmware NewFirmware()
    {
        _pods = new PodSystem();
        Platform platform = new()
        {
            Board = _hardware,
            Network = _network,
            Sockets = new SimulatedSockets(_network, _accessPoint),
            AccessPoint = _accessPoint,
            WifiSetup = _wifiSetup,
            Pins = _pins,
            Peripherals = _peripherals,
            Telemetry = SimulatedTelemetry.Instance,
            Storage = _storage,
            Time = SystemTime.Instance,
            Clock = SystemClock.Instance,
            Log = _log,
        };
        return new Firmware(platform, _pods);
    }
}
