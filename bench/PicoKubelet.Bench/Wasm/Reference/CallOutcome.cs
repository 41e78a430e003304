using System.Globalization;

namespace PicoKubelet.Bench.Wasm.Reference;

/// <summary>What came of a call: results, or a trap. Two are equal where the text is: NaNs are all the same in it.</summary>
/// <param name="Text">It, for people.</param>
internal sealed record CallOutcome(string Text)
{
    private const string Trap = "trapped: ";

    /// <summary>Gets a value indicating whether it trapped.</summary>
    public bool IsTrap => Text.StartsWith(Trap, StringComparison.Ordinal);

    /// <summary>A call that came back.</summary>
    public static CallOutcome Returned(IEnumerable<object> results)
    {
        return new CallOutcome("returned " + string.Join(", ", results.Select(Describe)));
    }

    /// <summary>A call that trapped.</summary>
    /// <param name="kind">Why, in the specification's words.</param>
    public static CallOutcome Trapped(string kind)
    {
        return new CallOutcome(Trap + kind);
    }

    /// <summary>Writes a number so that its bits can be told from it, but for a NaN's.</summary>
    public static string Describe(object value)
    {
        return value switch
        {
            float number when float.IsNaN(number) => "f32 NaN",
            double number when double.IsNaN(number) => "f64 NaN",
            float number => string.Create(CultureInfo.InvariantCulture, $"f32 {number:R} (0x{BitConverter.SingleToUInt32Bits(number):x8})"),
            double number => string.Create(CultureInfo.InvariantCulture, $"f64 {number:R} (0x{BitConverter.DoubleToUInt64Bits(number):x16})"),
            int number => string.Create(CultureInfo.InvariantCulture, $"i32 {number}"),
            long number => string.Create(CultureInfo.InvariantCulture, $"i64 {number}"),
            _ => value.ToString() ?? string.Empty,
        };
    }
}
