using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>The workflows, of which no run is possible here: they are YAML, ask for little, and take actions by version.</summary>
[TestClass]
public partial class WorkflowTests
{
    public static IEnumerable<object[]> Workflows => Directory.GetFiles(Repository.PathOf(".github/workflows"), "*.yml").Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void AWorkflowMayReadUnlessAJobSaysOtherwise(string file)
    {
        JsonObject workflow = Read(file);

        Assert.AreEqual("""{"contents":"read"}""", workflow["permissions"]!.ToJsonString());
        foreach ((string name, JsonNode? job) in workflow["jobs"]!.AsObject())
        {
            Assert.IsNotNull(job!["timeout-minutes"], name);

            // Who may write runs GitHub's own actions alone.
            bool isPlain = job["permissions"] is null || Actions(job).All(action => action.StartsWith("actions/", StringComparison.Ordinal));
            Assert.IsTrue(isPlain, name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Workflows))]
    public void ActionsHaveVersionsAndSecretsAreNotUsed(string file)
    {
        foreach ((string name, JsonNode? job) in Read(file)["jobs"]!.AsObject())
        {
            foreach (string action in Actions(job!))
            {
                StringAssert.Matches(action, Versioned(), name);
            }
        }

        Assert.DoesNotContain("secrets.", File.ReadAllText(Repository.PathOf($".github/workflows/{file}")));
    }

    [TestMethod]
    public void TheFirmwareThatIsReleasedExists()
    {
        string text = File.ReadAllText(Repository.PathOf(".github/workflows/release.yml"));

        foreach (Match match in ProjectFile().Matches(text))
        {
            Assert.IsTrue(File.Exists(Repository.PathOf(match.Value.Replace('\\', '/'))), match.Value);
        }

        Assert.HasCount(5, ProjectFile().Matches(text));
    }

    private static IEnumerable<string> Actions(JsonNode job)
    {
        return job["steps"]!.AsArray().Select(step => step!["uses"]?.GetValue<string>()).OfType<string>();
    }

    private static JsonObject Read(string file)
    {
        return Manifests.Read(File.ReadAllText(Repository.PathOf($".github/workflows/{file}"))).Single();
    }

    [GeneratedRegex("^[A-Za-z-]+/[A-Za-z-]+@(v[0-9]+|[0-9a-f]{40})$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"src\\\S+\.(config|nfproj)")]
    private static partial Regex ProjectFile();
}
