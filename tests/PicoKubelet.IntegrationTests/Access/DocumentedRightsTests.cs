using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Access;

/// <summary>What the documentation says of a board's rights is what the tests hold it to.</summary>
[TestClass]
public sealed class DocumentedRightsTests
{
    [TestMethod]
    public async Task TheSecurityPageShowsTheTable()
    {
        string[] lines = await File.ReadAllLinesAsync(Repository.PathOf("docs/security.md"));
        string[] shown = [.. lines
            .SkipWhile(line => !line.StartsWith("| resource | objects |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))];
        CollectionAssert.AreEqual(BoardAccess.Allowed.Select(right => right.ToString()).ToArray(), shown, string.Join('\n', BoardAccess.Allowed.Select(right => right.ToString())));
    }
}
