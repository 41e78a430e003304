using System.Globalization;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>Amounts of resources. Source: apimachinery's api/resource.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("Pi", 1024m * 1024 * 1024 * 1024 * 1024), ("Ei", 1024m * 1024 * 1024 * 1024 * 1024 * 1024),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m),
        ("k", 1000m), ("M", 1000000m), ("G", 1000000000m), ("T", 1000000000000m), ("P", 1000000000000000m), ("E", 1000000000000000000m),
    ];

    /// <summary>The amount of a quantity that the schema has let pass; one that is past all sense counts as as much as there is.</summary>
    public static decimal Parse(string text)
    {
        var number = text;
        var factor = 1m;
        foreach (var (suffix, unit) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (number, factor) = (text[..^suffix.Length], unit);
                break;
            }
        }
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < decimal.MaxValue / Math.Max(factor, 1)
            ? amount * factor
            : decimal.MaxValue;
    }
}
