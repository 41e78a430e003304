using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Structure;

/// <summary>Source files are short enough to read.</summary>
[TestClass]
public sealed class SourceFileTests
{
    private const int MaxLines = 300;
    private const int MaxCharacters = 200;

    // The switch over all instructions, whose parts would cost a call each, and the tables of translation and of sections, each one
    // algorithm that a border would tear apart.
    private static readonly string[] LongFiles =
    [
        "src/PicoKubelet.Wasm/Loading/Translator.Control.cs",
        "src/PicoKubelet.Wasm/Loading/Translator.Numbers.cs",
        "src/PicoKubelet.Wasm/Loading/Translator.Operands.cs",
        "src/PicoKubelet.Wasm/Loading/WasmLoader.Sections.cs",
        "src/PicoKubelet.Wasm/Running/Machine.Execute.cs",
    ];

    [TestMethod]
    public void No_source_file_is_longer_than_300_lines_but_those_named_here()
    {
        string[] found = [.. Sources().Where(path => File.ReadLines(path).Count() > MaxLines).Select(NameOf).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(LongFiles, found, string.Join(Environment.NewLine, found));
    }

    [TestMethod]
    public void No_line_is_longer_than_200_characters()
    {
        string[] found =
        [
            .. Sources().SelectMany(path => File.ReadLines(path)
                .Select((line, i) => (line.Length, Place: $"{NameOf(path)}:{i + 1}"))
                .Where(line => line.Length > MaxCharacters)
                .Select(line => line.Place)),
        ];

        Assert.IsEmpty(found, string.Join(Environment.NewLine, found));
    }

    /// <summary>Finds the sources, but for what builds leave beside them.</summary>
    private static IEnumerable<string> Sources()
    {
        return new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !NameOf(path).Split('/').Any(part => part is "bin" or "obj"));
    }

    private static string NameOf(string path)
    {
        return Path.GetRelativePath(Repository.PathOf(string.Empty), path).Replace('\\', '/');
    }
}
