using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Enroll;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>The ground of the tests of pods on enrolled boards: each has a namespace of its own.</summary>
public abstract class EnrolledPodTests : EnrolledBoardTests
{
    private protected EnrolledPodTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    private protected PodSpace Pods { get; private set; } = null!;

    /// <summary>Makes the namespace.</summary>
    [TestInitialize]
    public async Task MakeNamespaceAsync()
    {
        Pods = await PodSpace.CreateAsync(Cluster);
    }

    /// <summary>Deletes the namespace.</summary>
    [TestCleanup]
    public Task DeleteNamespaceAsync()
    {
        return Pods.DeleteAsync();
    }

    /// <summary>Starts a board for the pods of the namespace, with a certificate for its port, through which the API server reads logs.</summary>
    private protected async Task<SimulatedBoard> StartBoardForPodsAsync(string podSettings = PodSpace.BoardSettings, string board = BoardModels.Default)
    {
        string name = NewName();
        await EnrollAsync(name, "--serving-names", "127.0.0.1");
        JsonObject settings = ReadSettings();
        settings["pods"] = JsonNode.Parse(podSettings)!["pods"]!.DeepClone();
        settings["labels"] = new JsonObject(Pods.BoardLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        File.WriteAllText(Path.Combine(Output, Settings), settings.ToJsonString());
        return StartEnrolled(name, board);
    }
}
