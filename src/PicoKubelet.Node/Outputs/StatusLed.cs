using PicoKubelet.Network;

namespace PicoKubelet.Outputs;

/// <summary>The device's status as the LED shows it, a pattern each: which place of it comes next.</summary>
public sealed class StatusLed
{
    /// <summary>How long a place of a pattern lasts, in milliseconds.</summary>
    public const int TickMilliseconds = 200;

    /// <summary>The places of a pattern, which begins again after them.</summary>
    public const int Ticks = 20;

    private DeviceStatus _shown;
    private int _tick;

    /// <summary>Gets or sets what is shown. Set by the loop that knows, read by the timer.</summary>
    public DeviceStatus Status { get; set; }

    /// <summary>Gets a status's name, as in the log and on <c>/pico/status</c>.</summary>
    /// <param name="status">The status.</param>
    /// <returns>A few words.</returns>
    public static string NameOf(DeviceStatus status)
    {
        return status switch
        {
            DeviceStatus.Joining => "joining",
            DeviceStatus.NoTime => "no time",
            DeviceStatus.NoApiServer => "no API server",
            DeviceStatus.Refused => "refused by the API server",
            DeviceStatus.NameTaken => "name taken by another board",
            DeviceStatus.Ready => "ready",
            DeviceStatus.Provisioning => "provisioning",
            DeviceStatus.NoSettings => "no settings",
            _ => WifiFailures.NameOf((WifiFailure)(int)status),
        };
    }

    /// <summary>Gets a status's pattern. docs/wifi.md shows the same table.</summary>
    /// <param name="status">The status.</param>
    /// <returns><see cref="Ticks"/> bits, the lowest first: 1 is on.</returns>
    public static int PatternOf(DeviceStatus status)
    {
        // The Wi-Fi's are short flashes to count, the cluster's begin with a long one.
        return status switch
        {
            DeviceStatus.Joining => 0x55555,
            DeviceStatus.NoNetwork => 0x00005,
            DeviceStatus.WrongPassword => 0x00015,
            DeviceStatus.NoAddress => 0x00055,
            DeviceStatus.WeakSignal => 0x00155,
            DeviceStatus.JoinFailed => 0x00555,
            DeviceStatus.NoCredentials => 0x01555,
            DeviceStatus.NoTime => 0x0004F,
            DeviceStatus.NoApiServer => 0x0014F,
            DeviceStatus.Refused => 0x0054F,
            DeviceStatus.NameTaken => 0x0154F,
            DeviceStatus.Ready => 0x00001,
            DeviceStatus.Provisioning => 0x07C1F,
            _ => 0x003FF,
        };
    }

    /// <summary>Moves to the next place of the pattern; a new status begins with its first.</summary>
    /// <returns>Whether the LED is on there.</returns>
    public bool Next()
    {
        DeviceStatus status = Status;
        if (status != _shown)
        {
            _shown = status;
            _tick = 0;
        }

        bool isOn = ((PatternOf(status) >> _tick) & 1) != 0;
        _tick = (_tick + 1) % Ticks;
        return isOn;
    }
}
