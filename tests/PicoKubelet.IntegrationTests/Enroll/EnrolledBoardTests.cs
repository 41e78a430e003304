using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Enroll;

/// <summary>The ground of the tests that run the enroll program, and start boards with what it made.</summary>
public abstract class EnrolledBoardTests : ClusterTests
{
    private protected const string Settings = "picokubelet.json";

    private protected EnrolledBoardTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    private protected TemporaryFolder Folder { get; } = new();

    private protected string Output => Path.Combine(Folder.Path, "board");

    /// <summary>Looks for a kubectl that is new enough.</summary>
    [TestInitialize]
    public Task FindKubectlAsync()
    {
        return KubectlProgram.RequireKustomizeAsync();
    }

    /// <summary>Deletes what was written.</summary>
    [TestCleanup]
    public void DeleteFolder()
    {
        Folder.Dispose();
    }

    /// <summary>Runs the program.</summary>
    private protected async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        return await EnrollProgram.RunAsync([.. arguments, "--kubeconfig", Cluster.KubeconfigPath]);
    }

    /// <summary>Enrolls a board.</summary>
    /// <returns>What the program wrote.</returns>
    private protected async Task<string> EnrollAsync(string name, params string[] more)
    {
        return (await RunAsync([.. EnrollArguments(name), .. more])).MustSucceed().Output;
    }

    /// <summary>Starts a board with the file that was written for it.</summary>
    private protected SimulatedBoard StartEnrolled(string name, string board = BoardModels.Default)
    {
        return StartBoard(new BoardOptions { Name = name, Board = board, SettingsJson = File.ReadAllText(Path.Combine(Output, Settings)), LeaseInterval = Heartbeat });
    }

    /// <summary>Makes the command line that enrolls a board.</summary>
    private protected virtual string[] EnrollArguments(string name)
    {
        string password = Folder.Write("password", "the password\n");
        return
        [
            name, "--target", "ESP32_S3_QUAD", "--serial-port", "COM9", "--output", Output, "--api-server", Cluster.Url.GetLeftPart(UriPartial.Authority),
            "--wifi-ssid", "the Wi-Fi", "--wifi-password-file", password,
        ];
    }

    /// <summary>Reads the settings that were written.</summary>
    private protected JsonObject ReadSettings()
    {
        return (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Output, Settings)))!;
    }
}
