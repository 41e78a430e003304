using System.Text.RegularExpressions;
using PicoKubelet.Bench.Cli;
using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Faults;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Proof;

/// <summary>The programs of docs/proof.md as such: how they end, and what they leave behind.</summary>
[TestClass]
public class ProgramTests
{
    // The machine may be busy; nothing here is about speed.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    [TestMethod]
    public async Task What_was_found_until_a_program_was_stopped_is_kept()
    {
        using TemporaryFolder folder = new();
        FileInfo file = new(Path.Combine(folder.Path, "report.md"));
        using CancellationTokenSource stop = new();
        int code = await new BenchProgram("Title", "command", file).RunAsync(
            report =>
            {
                report.Text("found");
                stop.Cancel();
                return Task.FromResult(FaultMatrix.Run(1, report));
            },
            Progress.None,
            stop.Token);

        Assert.AreEqual(130, code);
        string kept = await File.ReadAllTextAsync(file.FullName);
        StringAssert.Contains(kept, "found");
        Assert.DoesNotContain("All bounds hold", kept);
    }

    [TestMethod]
    public void Progress_says_each_phase_and_how_far_it_is_now_and_then()
    {
        StringWriter lines = new();
        Progress progress = Progress.On(lines);
        progress.Phase($"one");
        progress.Say($"one: {1} of {2}");
        progress.Phase($"two");
        Assert.AreEqual("0 s: one\n0 s: two\n", lines.ToString().ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("faults --runs 1000", "1 of")]
    [DataRow("hostile --seconds 60", "slow-loris|nothing: for comparison")]
    [DataRow("soak --days 1000", "day 1 of")]
    [DataRow("fuzz --inputs 1000000000", "request: 0 of")]
    public async Task CtrlC_ends_a_program(string arguments, string phase)
    {
        await using RunningProgram program = Start(arguments, new Dictionary<string, string>());
        await program.WaitForAsync(new Regex($"({phase})"), Timeout);
        program.Signal("INT");
        Assert.AreEqual(BenchProgram.Stopped, await program.WaitForExitAsync(Timeout), program.Output);
        StringAssert.Contains(program.Output, "Stopped before its end.");
        Assert.DoesNotContain("   at ", program.Output);
    }

    [TestMethod]
    [TestCategory("RealCluster")]
    [DataRow("faults --real", "half-open")]
    [DataRow("fleet --boards 3 --minutes 10", "First start")]
    public async Task CtrlC_ends_a_program_and_its_control_plane(string arguments, string phase)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RealCluster.AssetsVariable)))
        {
            Assert.Inconclusive($"{RealCluster.AssetsVariable} is not set.");
        }

        using TemporaryFolder folder = new();
        await using RunningProgram program = Start(arguments, new Dictionary<string, string> { ["TMPDIR"] = folder.Path });
        await program.WaitForAsync(new Regex($"({phase})"), Timeout);
        string run = Directory.GetDirectories(folder.Path, "picokubelet-bench-*").Single();
        string[] pids = [.. Directory.GetFiles(run, "*.pid").Select(file => File.ReadAllText(file).Trim())];
        Assert.HasCount(3, pids);
        program.Signal("INT");
        Assert.AreEqual(BenchProgram.Stopped, await program.WaitForExitAsync(Timeout), program.Output);
        Assert.DoesNotContain("   at ", program.Output);
        Assert.IsFalse(Directory.Exists(run), "the folder with the administrator's token is still there");
        Assert.IsEmpty(pids.Where(IsRunning));
    }

    [TestMethod]
    public async Task A_control_plane_that_does_not_start_is_told_and_leaves_nothing_behind()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Shell scripts stand for the control plane.");
            return;
        }

        using TemporaryFolder folder = new();
        foreach (string name in (string[])["etcd", "kube-apiserver", "kube-controller-manager"])
        {
            File.SetUnixFileMode(folder.Write(name, "#!/bin/sh\nexit 1\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Dictionary<string, string> environment = new() { ["TMPDIR"] = folder.Path, [RealCluster.AssetsVariable] = folder.Path };
        await using RunningProgram program = Start("fleet --boards 1", environment);
        Assert.AreEqual(1, await program.WaitForExitAsync(Timeout), program.Output);
        StringAssert.Matches(program.Output, new Regex("FAILED: up.sh: etcd ended"));
        Assert.DoesNotContain("   at ", program.Output);
        Assert.IsEmpty(Directory.GetDirectories(folder.Path, "picokubelet-bench-*"));
    }

    [TestMethod]
    public void Sizes_tells_each_of_the_firmwares_assemblies()
    {
        string[] names = [.. SizeReport.Assemblies().Select(assembly => assembly.GetName().Name!)];
        foreach (string project in Directory.GetFiles(Repository.PathOf("src"), "*.nfproj", SearchOption.AllDirectories))
        {
            // The entry points and their adapters exist on a device alone.
            string name = Path.GetFileNameWithoutExtension(project);
            if (name is not ("PicoKubelet" or "PicoKubelet.Light"))
            {
                CollectionAssert.Contains(names, name);
            }
        }
    }

    // One that ended and was not waited for yet, by whoever inherited it, has no command line.
    private static bool IsRunning(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static RunningProgram Start(string arguments, IReadOnlyDictionary<string, string> environment)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PicoKubelet.Bench.dll");
        return new RunningProgram("dotnet", [program, .. arguments.Split(' ')], environment);
    }
}
