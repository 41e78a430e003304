using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.DeviceTests;

/// <summary>What compiles for the device, runs on the PC, and fails on the device alone.</summary>
[TestClass]
public class DeviceSourceTests
{
    private static readonly string[] Folders = [.. Projects(), Repository.PathOf("tests/Shared")];

    // On the device the elements of such an array are no proper null until null was stored there: comparing one reads address 0.
    // An initializer's null does not help, since the compiler leaves it out as what an element is anyway.
    private static readonly Regex UnfilledArray = new(@"\bnew\s+string\s*\[\s*(?!0\s*\])[^\]\s]|\bnew\s+string\s*\[\s*\]\s*\{[^}]*\b(null|default)\b|\btypeof\(string\)\s*,");

    [TestMethod]
    public void Only_helpers_make_an_array_of_strings_which_they_fill()
    {
        List<string> found = [];
        foreach (string file in Folders.SelectMany(Sources))
        {
            string code = WithoutComments(File.ReadAllText(file));
            found.AddRange(UnfilledArray.Matches(code).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        }

        // The helpers' own: the Core's, and that of the engine, which refers to nothing.
        found.Sort(StringComparer.Ordinal);
        Assert.AreEqual("NameTable.cs: new string[c, Strings.cs: new string[c", string.Join(", ", found), "Make it with Strings.NewArray.");
    }

    [TestMethod]
    [DataRow("string[] a = new string[3];", true)]
    [DataRow("_a = new string[Max + 1];", true)]
    [DataRow("_a = new  string [n];", true)]
    [DataRow("_a = new string[] { \"a\", null };", true)]
    [DataRow("_a = new string[] { \"a\", \"b\" };", false)]
    [DataRow("_a = new string[0];", false)]
    [DataRow("_a = new string('x', 3);", false)]
    [DataRow("_a = new byte[3];", false)]
    [DataRow("// new string[3]\n", false)]
    [DataRow("Array.CreateInstance(typeof(string), 3)", true)]
    public void It_is_seen_in_every_form(string code, bool isSeen)
    {
        Assert.AreEqual(isSeen, UnfilledArray.IsMatch(WithoutComments(code)));
    }

    private static string WithoutComments(string code)
    {
        return Regex.Replace(code, "^\\s*//.*$", string.Empty, RegexOptions.Multiline);
    }

    private static IEnumerable<string> Projects()
    {
        return from root in new[] { "src", "tests" }
               from project in Directory.GetFiles(Repository.PathOf(root), "*.nfproj", SearchOption.AllDirectories)
               select Path.GetDirectoryName(project)!;
    }

    private static IEnumerable<string> Sources(string folder)
    {
        return from file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
               let path = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)
               where path[0] is not ("bin" or "obj")
               select file;
    }
}
