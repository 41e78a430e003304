using System.Globalization;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>Reads durations as Kubernetes' tools write them: <c>500ms</c>, <c>10s</c>, <c>2m</c>, <c>1h</c>.</summary>
internal static class Duration
{
    // "ms" is tried before "m" and "s", which it ends with.
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
    ];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>Reads a duration.</summary>
    /// <returns>Whether it is one, of at most 20 days.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        foreach ((string suffix, TimeSpan unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                string number = text[..^suffix.Length];
                bool isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);

                // A comparison that also "NaN", which is read as a number, does not pass.
                bool isDuration = isNumber && count <= Longest / unit;
                duration = isDuration ? unit * count : TimeSpan.Zero;
                return isDuration;
            }
        }

        return false;
    }
}
