using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The words that every line of a sensor may have.</summary>
internal static class SensorWords
{
    /// <summary>How they look.</summary>
    public const string Syntax = "[scale:N, -1000 to 1000] [offset:N] [unit:WORD, a to z and _] [every:N, 1 to 3600 s]";

    // What a sensor's temperature or a battery's voltage needs no more often.
    private const int LongestEvery = 3600;
    private const int LongestUnit = 24;

    /// <summary>Reads the current word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="spec">Where its meaning goes.</param>
    /// <returns>Whether it is one of these, and right.</returns>
    public static bool Read(ConfigurationText text, SensorSpec spec)
    {
        if (text.SkipPrefix("scale:"))
        {
            spec.Scale = ReadNumber(text);
            return spec.Scale != null && spec.Scale.IsSmall;
        }

        if (text.SkipPrefix("offset:"))
        {
            spec.Offset = ReadNumber(text);
            return spec.Offset != null;
        }

        if (text.SkipPrefix("unit:"))
        {
            spec.Unit = text.PartLength > LongestUnit ? "" : text.PartText();
            return IsUnit(spec.Unit);
        }

        bool isRight = text.SkipPrefix("every:") & text.TryGetNumber(out int every) && every > 0 && every <= LongestEvery;
        spec.Every = every;
        return isRight;
    }

    private static FixedNumber ReadNumber(ConfigurationText text)
    {
        return text.TryGetDecimal(out int digits, out int decimals) ? new FixedNumber(digits, decimals) : null;
    }

    // It becomes a part of a metric's name.
    private static bool IsUnit(string unit)
    {
        for (int i = 0; i < unit.Length; i++)
        {
            if ((unit[i] < 'a' || unit[i] > 'z') && unit[i] != '_')
            {
                return false;
            }
        }

        return unit.Length > 0;
    }
}
