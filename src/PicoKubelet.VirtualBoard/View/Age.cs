namespace PicoKubelet.VirtualBoard.View;

/// <summary>Writes how long something took or is ago, as kubectl does.</summary>
internal static class Age
{
    public static string Format(long milliseconds)
    {
        var age = TimeSpan.FromMilliseconds(milliseconds);
        return age.TotalMinutes < 2 ? $"{(int)age.TotalSeconds}s"
            : age.TotalMinutes < 10 ? $"{age.Minutes}m{age.Seconds}s"
            : age.TotalHours < 3 ? $"{(int)age.TotalMinutes}m"
            : age.TotalDays < 2 ? $"{(int)age.TotalHours}h"
            : $"{(int)age.TotalDays}d";
    }
}
