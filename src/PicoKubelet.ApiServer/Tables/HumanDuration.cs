using System.Globalization;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>Ages as kubectl shows them. Source: apimachinery's util/duration.</summary>
internal static class HumanDuration
{
    private const string Unknown = "<unknown>";

    /// <summary>The time since then.</summary>
    public static string Since(string? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then)
            ? Format(now - then)
            : Unknown;

    /// <summary>At most two units, the second one only while it matters.</summary>
    public static string Format(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>";
        }
        seconds = Math.Max(seconds, 0);
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        return (seconds, minutes, hours) switch
        {
            ( < 120, _, _) => Text(seconds, "s"),
            (_, < 10, _) => Pair(minutes, "m", seconds % 60, "s"),
            (_, < 180, _) => Text(minutes, "m"),
            (_, _, < 8) => Pair(hours, "h", minutes % 60, "m"),
            (_, _, < 48) => Text(hours, "h"),
            (_, _, < 192) => Pair(days, "d", hours % 24, "h"),
            (_, _, < 24 * 365 * 2) => Text(days, "d"),
            (_, _, < 24 * 365 * 8) => Pair(days / 365, "y", days % 365, "d"),
            _ => Text(days / 365, "y"),
        };
    }

    private static string Pair(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? Text(large, largeUnit) : Text(large, largeUnit) + Text(small, smallUnit);

    private static string Text(long value, string unit) => value.ToString(CultureInfo.InvariantCulture) + unit;
}
