using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Device;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Enroll;

[TestClass]
public class SecretFolderTests
{
    [TestMethod]
    [DataRow("boards")]
    [DataRow("src/PicoKubelet/not/there/yet")]
    public void NothingIsWrittenIntoARepository(string folder)
    {
        using TemporaryFolder clone = new();
        Directory.CreateDirectory(Path.Combine(clone.Path, ".git"));

        Assert.ThrowsExactly<EnrollException>(() => new SecretFolder(Path.Combine(clone.Path, folder)).RequireOutsideGit());
    }

    [TestMethod]
    public void ALinkedWorkTreeIsARepositoryToo()
    {
        using TemporaryFolder tree = new();
        tree.Write(".git", "gitdir: /elsewhere");

        Assert.ThrowsExactly<EnrollException>(() => new SecretFolder(Path.Combine(tree.Path, "boards")).RequireOutsideGit());
    }

    [TestMethod]
    public void ALinkIntoARepositoryIsFollowed()
    {
        using TemporaryFolder clone = new();
        using TemporaryFolder outside = new();
        Directory.CreateDirectory(Path.Combine(clone.Path, ".git"));
        string link = Path.Combine(outside.Path, "boards");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Combine(clone.Path, "boards")).FullName);

        Assert.ThrowsExactly<EnrollException>(() => new SecretFolder(Path.Combine(link, "7")).RequireOutsideGit());
    }

    [TestMethod]
    public void AFolderThatCanNotBeWrittenToIsFoundBeforeAnythingIsDone()
    {
        using TemporaryFolder home = new();
        SecretFolder folder = new(Path.Combine(home.Write("a-file", ""), "7"));

        Assert.Contains("--output: can not write", Assert.ThrowsExactly<EnrollException>(folder.RequireWritable).Message);
    }

    [TestMethod]
    public void OneThatCanBeWrittenToIsLeftAsItWas()
    {
        using TemporaryFolder home = new();

        new SecretFolder(Path.Combine(home.Path, "boards", "7")).RequireWritable();
        new SecretFolder(home.Path).RequireWritable();

        Assert.IsEmpty(Directory.GetFileSystemEntries(home.Path));
    }

    [TestMethod]
    public void ElsewhereItIsWrittenAndRewritten()
    {
        using TemporaryFolder home = new();
        SecretFolder folder = new(Path.Combine(home.Path, "boards", "7"));
        folder.RequireOutsideGit();

        folder.Write("a.json", "a long text");
        folder.Write("a.json", "short");

        Assert.AreEqual("short", folder.Read("a.json"));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }
}
