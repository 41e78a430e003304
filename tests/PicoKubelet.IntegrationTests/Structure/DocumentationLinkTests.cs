using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Structure;

/// <summary>The links of the documentation lead to files and headings that are there, and each page can be found from the README.</summary>
[TestClass]
public sealed partial class DocumentationLinkTests
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "packages", "node_modules", ".git"];

    [TestMethod]
    public void Each_link_leads_somewhere()
    {
        string[] broken = [.. Pages().SelectMany(page => TargetsIn(page).Where(target => !IsThere(page, target)).Select(target => $"{page}: {target}"))];

        Assert.IsEmpty(broken, string.Join(Environment.NewLine, broken));
    }

    [TestMethod]
    public void The_readme_links_each_page_of_docs()
    {
        HashSet<string> linked = [.. TargetsIn("README.md").Select(target => target.Split('#')[0])];
        string[] missing = [.. Pages().Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && !linked.Contains(page))];

        Assert.IsEmpty(missing, string.Join(Environment.NewLine, missing));
    }

    [TestMethod]
    [DataRow("What it's `for`, & how", "what-its-for--how")]
    [DataRow("[A link](there.md) in it", "a-link-in-it")]
    [DataRow("4. The board's identity_1", "4-the-boards-identity_1")]
    public void A_headings_anchor_is_as_GitHub_makes_it(string heading, string anchor)
    {
        Assert.AreEqual(anchor, AnchorOf(heading));
    }

    private static IEnumerable<string> Pages()
    {
        return Directory.EnumerateFiles(Repository.PathOf(string.Empty), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf(string.Empty), path).Replace('\\', '/'))
            .Where(page => !page.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal);
    }

    private static string TextOf(string page)
    {
        return CodeBlock().Replace(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n"), string.Empty);
    }

    private static IEnumerable<string> TargetsIn(string page)
    {
        return Link().Matches(TextOf(page)).Select(link => link.Groups[1].Value).Where(target => !Scheme().IsMatch(target));
    }

    private static bool IsThere(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string linked = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        string path = Repository.PathOf(linked);
        return Directory.Exists(path) || (File.Exists(path) && (parts.Length == 1 || AnchorsOf(linked).Contains(parts[1])));
    }

    private static HashSet<string> AnchorsOf(string page)
    {
        HashSet<string> anchors = [];
        foreach (Match heading in Heading().Matches(TextOf(page)))
        {
            string anchor = AnchorOf(heading.Groups[1].Value);
            for (int number = 1; !anchors.Add(anchor); number++)
            {
                anchor = $"{AnchorOf(heading.Groups[1].Value)}-{number}";
            }
        }

        return anchors;
    }

    private static string AnchorOf(string heading)
    {
        return NotInAnchors().Replace(LinkedText().Replace(heading, "$1").ToLowerInvariant(), string.Empty).Replace(' ', '-');
    }

    [GeneratedRegex("^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkedText();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Scheme();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
