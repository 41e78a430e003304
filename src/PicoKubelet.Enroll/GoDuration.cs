using System.Globalization;

namespace PicoKubelet.Enroll;

/// <summary>Durations as kubectl takes them: 8760h, 1h30m.</summary>
internal static class GoDuration
{
    // More than any token needs, and less than what a TimeSpan holds.
    private const long MostUnits = 1_000_000_000;

    /// <summary>Reads a duration of hours, minutes and seconds.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            if (!long.TryParse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count > MostUnits || Unit(text[i]) is not { } unit)
            {
                return false;
            }

            duration += unit * count;
            start = i + 1;
        }

        return text.Length > 0 && start == text.Length;
    }

    /// <summary>Writes a duration with two units at most.</summary>
    public static string Write(TimeSpan duration)
    {
        TimeSpan rounded = TimeSpan.FromMinutes(Math.Round(duration.TotalMinutes));
        string hours = rounded.TotalHours >= 1 ? $"{(long)rounded.TotalHours}h" : "";
        return rounded.Minutes > 0 || hours.Length == 0 ? $"{hours}{rounded.Minutes}m" : hours;
    }

    private static TimeSpan? Unit(char letter)
    {
        return letter switch
        {
            'h' => TimeSpan.FromHours(1),
            'm' => TimeSpan.FromMinutes(1),
            's' => TimeSpan.FromSeconds(1),
            _ => null,
        };
    }
}
