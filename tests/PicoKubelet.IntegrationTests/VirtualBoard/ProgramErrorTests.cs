using System.Net;
using System.Net.Sockets;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>What the PC's programs say of a folder or a port that they can not use: one line, and no trace of their inside.</summary>
[TestClass]
public class ProgramErrorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [TestMethod]
    public async Task AFileIsNoFolderForFiles()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a-file", "");

        await AssertFailsAsync("PicoKubelet.VirtualBoard", ["--state", file], $"error: --state: can not keep files in {file}: ");
        await AssertFailsAsync("PicoKubelet.VirtualBoard", ["--state", Path.Combine(file, "below")], "error: --state: can not keep files in ");
    }

    [TestMethod]
    public async Task ABoardsFolderMayBeWrongToo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("shed", "");

        await AssertFailsAsync("PicoKubelet.VirtualBoard", ["--state", folder.Path, "--name", "shed"], "error: --state: can not keep files in ");
    }

    [TestMethod]
    public async Task APortThatIsTakenIsNamed()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString();

        await AssertFailsAsync("PicoKubelet.VirtualBoard", ["--port", port], $"error: --port: port {port} of 127.0.0.1 is taken");
        await AssertFailsAsync("PicoKubelet.VirtualBoard", ["--provision", "--provision-port", port], $"error: --provision-port: can not serve the page at port {port} of 127.0.0.1: ");
    }

    [TestMethod]
    [DataRow("fleet")]
    [DataRow("costs")]
    [DataRow("faults --real")]
    public async Task AFolderWithoutAControlPlaneIsNamed(string command)
    {
        using var folder = new TemporaryFolder();
        ProgramResult result = await RunAsync("PicoKubelet.Bench", command.Split(' '), new Dictionary<string, string> { ["KUBEBUILDER_ASSETS"] = folder.Path });

        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains($"FAILED: KUBEBUILDER_ASSETS: there is no etcd in {folder.Path}", result.Output);
        Assert.AreEqual("", result.Error);
        Assert.DoesNotContain("\e[", result.Output, "colours in a pipe");
    }

    [TestMethod]
    [DataRow("fuzz --target nothing", "--target must be one of")]
    [DataRow("fleet --boards 0", "--boards must be at least 1")]
    [DataRow("soak --days -1", "--days must be at least 1")]
    [DataRow("sizes --markdown /nowhere/report.md", "error: --markdown: can not write /nowhere/report.md: ")]
    public async Task AMeasurementThatCanNotBeMadeIsNotBegun(string arguments, string expected)
    {
        ProgramResult result = await RunAsync("PicoKubelet.Bench", arguments.Split(' '), new Dictionary<string, string>());

        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains(expected, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    private static async Task AssertFailsAsync(string program, string[] arguments, string expected)
    {
        ProgramResult result = await RunAsync(program, arguments, new Dictionary<string, string>());

        Assert.AreEqual(1, result.ExitCode);
        Assert.StartsWith(expected, result.Error);
        Assert.HasCount(1, result.Error.TrimEnd().Split('\n'), result.Error);
    }

    private static Task<ProgramResult> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        return ExternalProgram.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments], environment, Timeout);
    }
}
