using System.Reflection.PortableExecutable;
using PicoKubelet.Bench.Reporting;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// Estimates the assembly that goes to the flash from the one that was built for the PC out of the same sources. The formula is
/// that of nanoFramework's assembly format: a type takes 24 bytes, a method 16, a field 8, a reference to a type 8 and to a
/// member 8, each distinct name or text its UTF-8 and a zero; an instruction is as long as in .NET, but for tokens and the entries
/// of a jump table, which take two bytes less. Signatures are told apart by their bytes.
/// </summary>
internal static class SizeReport
{
    /// <summary>The bound of the design for the firmware's own assemblies.</summary>
    public const int Bound = 64 * 1024;

    private const int TypeBytes = 24;
    private const int MethodBytes = 16;
    private const int FieldBytes = 8;
    private const int ReferenceBytes = 8;
    private const int LargestMethods = 12;

    /// <summary>Writes the report.</summary>
    /// <returns>What does not hold: nothing, since an estimate decides nothing.</returns>
    public static List<string> Write(Report report)
    {
        using FileStream file = File.OpenRead(typeof(Firmware).Assembly.Location);
        using PEReader portable = new(file);
        AssemblySizes sizes = new(portable);
        int tables = (sizes.Types * TypeBytes) + (sizes.Methods.Count * MethodBytes) + (sizes.Fields * FieldBytes) + (sizes.References * ReferenceBytes);
        int bytecode = sizes.Methods.Sum(method => method.Bytes);
        int strings = sizes.Strings.Values.Sum();

        report.Heading("PicoKubelet.Core, estimated");
        report.Table(
            ["part", "count", "B"],
            [
                ["bytecode", $"{sizes.Methods.Count(method => method.Bytes > 0)}", $"{bytecode}"],
                ["types", $"{sizes.Types}", $"{sizes.Types * TypeBytes}"],
                ["methods", $"{sizes.Methods.Count}", $"{sizes.Methods.Count * MethodBytes}"],
                ["fields", $"{sizes.Fields}", $"{sizes.Fields * FieldBytes}"],
                ["references", $"{sizes.References}", $"{sizes.References * ReferenceBytes}"],
                .. sizes.Strings.Select(kind => new[] { $"strings: {kind.Key}", "", $"{kind.Value}" }),
                ["signatures", "", $"{sizes.Signatures}"],
                ["all", "", $"{bytecode + tables + strings + sizes.Signatures}"],
            ]);
        report.Text($"The design's bound for the firmware's own assemblies is {Bound} B.");

        report.Heading("By folder");
        report.Table(
            ["folder", "types", "methods", "bytecode"],
            sizes.Methods.GroupBy(method => method.Namespace).OrderByDescending(group => group.Sum(method => method.Bytes)).Select(group => new[]
            {
                group.Key, $"{group.Select(method => method.Type).Distinct().Count()}", $"{group.Count()}", $"{group.Sum(method => method.Bytes)}",
            }));

        report.Heading("Largest methods");
        report.Table(
            ["method", "bytecode"],
            sizes.Methods.OrderByDescending(method => method.Bytes).Take(LargestMethods).Select(method => new[] { $"{method.Type}.{method.Name}", $"{method.Bytes}" }));
        return [];
    }
}
