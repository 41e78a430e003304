namespace PicoKubelet.Kubelet.Commands;

/// <summary>A command that was asked for.</summary>
internal sealed class Command
{
    public const string BlinkLed = "blink_led";
    public const string SetPin = "set_pin";
    public const string Reboot = "reboot";
    public const string ReloadConfig = "reload_config";

    public const int MaxTimes = 20;
    public const int MinDelay = 10;
    public const int MaxDelay = 1000;

    /// <summary>Gets or sets the name, one of the constants once it was checked.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets how often the LED blinks.</summary>
    public int Times { get; set; } = 3;

    /// <summary>Gets or sets how long the LED is on, and off, each time.</summary>
    public int DelayMilliseconds { get; set; } = 200;

    /// <summary>Gets or sets the pin, or -1 where none was given.</summary>
    public int Pin { get; set; } = -1;

    /// <summary>Gets or sets whether a level was given.</summary>
    public bool HasLevel { get; set; }

    /// <summary>Gets or sets the level.</summary>
    public bool IsHigh { get; set; }

    /// <summary>Gets or sets a parameter that was given and that belongs to one command alone: <c>times</c> or <c>delay_ms</c>, <c>pin</c> or <c>level</c>.</summary>
    public string BlinkParameter { get; set; }

    /// <inheritdoc cref="BlinkParameter"/>
    public string PinParameter { get; set; }
}
