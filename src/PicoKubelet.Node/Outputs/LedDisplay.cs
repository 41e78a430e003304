namespace PicoKubelet.Outputs;

/// <summary>What the LED is to show. Other values are the milliseconds of each half of its blinking.</summary>
public static class LedDisplay
{
    /// <summary>The device's status, a pattern each.</summary>
    public const int Status = -2;

    /// <summary>Off.</summary>
    public const int Off = -1;

    /// <summary>On.</summary>
    public const int On = 0;
}
