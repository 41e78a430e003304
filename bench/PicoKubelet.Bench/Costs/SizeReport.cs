using System.Reflection;
using System.Reflection.PortableExecutable;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// Estimates the assemblies that go to the flash from those that were built for the PC out of the same sources. The formula is
/// that of nanoFramework's assembly format: a type takes 24 bytes, a method 16, a field 8, a reference to a type 8 and to a
/// member 8, each distinct name or text its UTF-8 and a zero; an instruction is as long as in .NET, but for tokens and the entries
/// of a jump table, which take two bytes less. Signatures are told apart by their bytes.
/// </summary>
internal static class SizeReport
{
    /// <summary>The most byte code that one assembly can hold.</summary>
    public const int MostBytecode = 65_535;

    private const int LargestMethods = 12;

    /// <summary>Writes the report.</summary>
    /// <returns>What does not hold.</returns>
    public static List<string> Write(Report report)
    {
        List<(string Name, AssemblySizes Sizes)> assemblies = [.. Assemblies().Select(assembly => (assembly.GetName().Name!, Read(assembly)))];
        report.Heading("The firmware's assemblies, estimated");
        report.Table(
            ["B", .. assemblies.Select(assembly => assembly.Name), "all"],
            Rows(assemblies[0].Sizes).Select((_, row) => (string[])
            [
                Rows(assemblies[0].Sizes)[row].Name,
                .. assemblies.Select(assembly => $"{Rows(assembly.Sizes)[row].Bytes}"),
                $"{assemblies.Sum(assembly => Rows(assembly.Sizes)[row].Bytes)}",
            ]));
        report.Text($"One assembly holds at most {MostBytecode} B of byte code.");
        foreach ((string name, AssemblySizes sizes) in assemblies)
        {
            Write(report, name, sizes);
        }

        return [.. assemblies.Where(assembly => assembly.Sizes.CodeBytes > MostBytecode)
            .Select(assembly => $"{assembly.Name} has {assembly.Sizes.CodeBytes} B of byte code, more than the {MostBytecode} that an assembly can hold")];
    }

    /// <summary>Gets the firmware's own assemblies: the one of its start, that which runs pods, and those that they need.</summary>
    public static IReadOnlyList<Assembly> Assemblies()
    {
        List<Assembly> found = [typeof(Firmware).Assembly, typeof(PodSystem).Assembly];
        for (int i = 0; i < found.Count; i++)
        {
            foreach (AssemblyName name in found[i].GetReferencedAssemblies().Where(name => name.Name!.StartsWith("PicoKubelet.", StringComparison.Ordinal)))
            {
                if (!found.Exists(assembly => assembly.GetName().Name == name.Name))
                {
                    found.Add(Assembly.Load(name));
                }
            }
        }

        return found;
    }

    private static AssemblySizes Read(Assembly assembly)
    {
        using FileStream file = File.OpenRead(assembly.Location);
        using PEReader portable = new(file);
        return new AssemblySizes(portable);
    }

    private static (string Name, int Bytes)[] Rows(AssemblySizes sizes) =>
    [
        ("byte code", sizes.CodeBytes),
        ("types", sizes.Types * AssemblySizes.TypeBytes),
        ("methods", sizes.Methods.Count * AssemblySizes.MethodBytes),
        ("fields", sizes.Fields * AssemblySizes.FieldBytes),
        ("references", sizes.References * AssemblySizes.ReferenceBytes),
        ("texts", sizes.Strings.GetValueOrDefault("literals")),
        ("names", sizes.Strings.Where(kind => kind.Key != "literals").Sum(kind => kind.Value)),
        ("signatures", sizes.Signatures),
        ("all", sizes.Total),
    ];

    private static void Write(Report report, string assembly, AssemblySizes sizes)
    {
        report.Heading($"{assembly}, by folder");
        report.Table(
            ["folder", "types", "methods", "byte code"],
            sizes.Methods.GroupBy(method => method.Namespace).OrderByDescending(group => group.Sum(method => method.Bytes)).Select(group => new[]
            {
                group.Key, $"{group.Select(method => method.Type).Distinct().Count()}", $"{group.Count()}", $"{group.Sum(method => method.Bytes)}",
            }));

        report.Heading($"{assembly}, largest methods");
        report.Table(
            ["method", "byte code"],
            sizes.Methods.OrderByDescending(method => method.Bytes).Take(LargestMethods).Select(method => new[] { $"{method.Type}.{method.Name}", $"{method.Bytes}" }));
    }
}
