using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Structure;

/// <summary>The README's table of settings has each field that the reader of the settings knows.</summary>
[TestClass]
public sealed partial class DocumentedSettingsTests
{
    [TestMethod]
    public void Each_field_of_the_settings_is_in_the_readme()
    {
        string[] fields =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("src/PicoKubelet.Core/Settings"), "SettingsReader*.cs")
                .SelectMany(path => KnownName().Matches(File.ReadAllText(path)))
                .Select(name => name.Groups[1].Value),
        ];
        string[] documented =
        [
            .. File.ReadLines(Repository.PathOf("README.md"))
                .SkipWhile(line => line != "## Configuration")
                .TakeWhile(line => line != "## Troubleshooting")
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(line => FieldName().Matches(line.Split('|')[1]))
                .SelectMany(name => name.Groups[1].Value.Split('.')),
        ];

        string[] missing = [.. fields.Except(documented)];
        Assert.IsGreaterThan(20, fields.Length);
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [GeneratedRegex("NameIs\\(\"([A-Za-z0-9]+)\"\\)")]
    private static partial Regex KnownName();

    [GeneratedRegex("`([A-Za-z0-9.]+)`")]
    private static partial Regex FieldName();
}
