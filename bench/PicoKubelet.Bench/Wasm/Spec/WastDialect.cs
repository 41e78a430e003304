using System.Text.RegularExpressions;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>
/// Brings the notations of older and newer drafts to the one that wast2json reads. What is meant stays the same: each
/// pattern below is a mere spelling.
/// </summary>
internal static partial class WastDialect
{
    /// <summary>Rewrites a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="name">The script's name without its ending: <c>f32</c> has results of that type.</param>
    public static string Rewrite(string form, string name)
    {
        if (NanAssertion().Match(form) is { Success: true } nan)
        {
            string kind = nan.Groups["kind"].Value == "canonical_" ? "canonical" : "arithmetic";
            form = $"(assert_return {nan.Groups["invoke"].Value} ({TypeOfResult(nan.Groups["invoke"].Value, name)}.const nan:{kind}))";
        }

        if (name == "old_float_exprs")
        {
            form = AnyNan().Replace(form, "($1.const nan:arithmetic))");
        }

        form = TrapWithoutMessage().Replace(form, "$1 \"\")");
        form = BlockType().Replace(form, "($1$2 (result $3)");
        form = NullableReference().Replace(form, match => match.Groups[1].Value == "func" ? "funcref" : "externref");
        form = SegmentOfTable().Replace(form, match => form.Contains($"(table {match.Groups[1].Value} ", StringComparison.Ordinal) ? $"(elem (table {match.Groups[1].Value}) " : match.Value);
        return Infinity().Replace(form, "inf");
    }

    // (assert_return_canonical_nan (invoke "add" ...)) knows no type: it is that of the operation.
    private static string TypeOfResult(string invoke, string name)
    {
        foreach (string candidate in new[] { ExportedName().Match(invoke).Groups[1].Value, name, LastConstant().Match(invoke).Groups[1].Value })
        {
            if (candidate.StartsWith("f32", StringComparison.Ordinal) || candidate.StartsWith("f64", StringComparison.Ordinal))
            {
                return candidate[..3];
            }
        }

        return "f64";
    }

    [GeneratedRegex(@"^\(assert_return_(?<kind>canonical_|arithmetic_|)nan\s+(?<invoke>\(invoke.*\))\s*\)$", RegexOptions.Singleline)]
    private static partial Regex NanAssertion();

    // Expected of an operation, it once meant any NaN.
    [GeneratedRegex(@"(?<=^\(assert_return .*)\((f32|f64)\.const nan(?::0x400000|:0x8000000000000)?\)\s*\)$", RegexOptions.Singleline)]
    private static partial Regex AnyNan();

    [GeneratedRegex(@"^(\(assert_trap\s+\(invoke\s+(?:""[^""]*"")(?:\s*\([^()]*\))*\s*\))\s*\)$", RegexOptions.Singleline)]
    private static partial Regex TrapWithoutMessage();

    [GeneratedRegex(@"\((if|block|loop)(\s+\$[^\s()]+)?\s+(i32|i64|f32|f64)\b(?!\.)")]
    private static partial Regex BlockType();

    [GeneratedRegex(@"\(ref null (func|extern)\)")]
    private static partial Regex NullableReference();

    // (elem $t (i32.const 0)) once named the table, not the segment.
    [GeneratedRegex(@"\(elem (\$\S+) (?=\((?:i32\.const|offset))")]
    private static partial Regex SegmentOfTable();

    [GeneratedRegex(@"(?<=\.const\s+[-+]?)infinity\b")]
    private static partial Regex Infinity();

    [GeneratedRegex(@"\(invoke\s+(?:\$\S+\s+)?""([^""]*)""")]
    private static partial Regex ExportedName();

    [GeneratedRegex(@"\((f32|f64)\.const[^()]*\)\s*\)$")]
    private static partial Regex LastConstant();
}
