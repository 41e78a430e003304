using System.Globalization;

namespace PicoKubelet.ApiServer.Http;

/// <summary>resourceVersions in queries.</summary>
internal static class Versions
{
    /// <summary>The number; null for none or "0", which both mean: any.</summary>
    /// <exception cref="ApiException">The text is not a resourceVersion.</exception>
    public static long? Parse(string text)
    {
        if (text is "" or "0")
        {
            return null;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw Failures.BadRequest($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }
}
