using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PicoKubelet.Bench.Workloads.Programs;

namespace PicoKubelet.Bench.Workloads;

// Whatever is wrong with programs, and with where they come from and are kept.
internal sealed partial class PodFaultRun
{
    private const int ContainersPerPod = 3;
    private const int PodsAtOnce = 6;

    // By the signal that a trap would be elsewhere, SIGABRT.
    private const int Trapped = 134;
    private const int MegabyteAndMore = 120 * 1024;

    // What a hostile program waits for may never come.
    private const int Deadline = 5;

    private IEnumerable<PodFault> ProgramFaults() =>
    [
        new("programs that trap", () => RunHostileAsync("trap", HostilePrograms.Traps(), Trapped)),
        new("programs that call every function with nonsense", () => RunHostileAsync("call", HostilePrograms.Calls(), null)),
        new("a program that takes all memory, and one that loops", RunGreedyAsync),
        new("10 MB of log", RunFloodAsync),
        new("corrupt programs, and one of a wrong digest", RunCorruptAsync),
        new("registry down", RunWithoutRegistryAsync),
        new("storage full", RunWithoutStorageAsync),
        new("stored programs and pods torn", TearStorageAsync) { Starts = 1 },
    ];

    /// <param name="prefix">The beginning of the pods' names.</param>
    /// <param name="programs">The programs.</param>
    /// <param name="exitCode">What each of them ends with; null for anything.</param>
    private async Task<string> RunHostileAsync(string prefix, IEnumerable<HostileProgram> programs, int? exitCode)
    {
        HostileProgram[] all = [.. programs.Where((_, index) => index % (_plan.Skips + 1) == 0)];
        (string Pod, HostileProgram[] Programs)[] pods = [.. all.Chunk(ContainersPerPod).Select((chunk, index) => ($"{prefix}-{index}", chunk))];
        Dictionary<string, int> reasons = [];
        foreach ((string Pod, HostileProgram[] Programs)[] batch in pods.Chunk(PodsAtOnce))
        {
            await Task.WhenAll(batch.Select(pod => RunHostileAsync(pod.Pod, pod.Programs)));
            foreach ((string name, HostileProgram[] chunk) in batch)
            {
                JsonNode? pod = await EndOfAsync(name);
                JsonNode?[] ends = [.. pod?["status"]?["containerStatuses"]?.AsArray().Select(status => status!["state"]?["terminated"]) ?? []];
                bool isRight = ends.Length == chunk.Length && ends.All(end => end is not null && (exitCode is null || (int?)end["exitCode"] == exitCode));
                Require(isRight, $"{string.Join(", ", chunk.Select(program => program.Name))}: {pod?["status"]?.ToJsonString()}");
                foreach (string reason in ends.Select(end => (string?)end?["reason"] ?? "?"))
                {
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                }

                await _space.DeleteAsync(name, graceSeconds: 0);
            }

            await WaitAsync(() => _board.Pods.Count == Pods.Length);
        }

        return $"{all.Length} programs: " + string.Join(", ", reasons.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
    }

    private async Task RunHostileAsync(string pod, HostileProgram[] programs)
    {
        await _space.AddProgramsAsync(pod, [.. programs.Select((program, index) => ($"p{index}", program.Module))]);
        JsonObject spec = Never(On(First, PodSpace.Spec(pod, [.. programs.Select((_, index) => $"p{index}")])));
        spec["activeDeadlineSeconds"] = Deadline;
        await _space.RunAsync(pod, spec);
    }

    private async Task<JsonNode?> EndOfAsync(string name)
    {
        JsonNode? pod = null;
        await WaitAsync(async () => PodFacts.PhaseOf(pod = await _space.FindAsync(name)) is "Failed" or "Succeeded");
        return pod;
    }

    private async Task<string> RunGreedyAsync()
    {
        await _space.AddProgramsAsync("greed", ("greedy", HostilePrograms.Greedy), ("loops", WellBehaved.Spinner));
        await _space.RunAsync("greedy", Never(On(First, PodSpace.Spec("greed", "greedy"))));
        await _space.RunAsync("loops", On(First, PodSpace.Spec("greed", "loops")));
        string reason = PodFacts.ReasonOf(await EndOfAsync("greedy"));
        Require(reason == "OOMKilled", $"greedy ended as {reason}");
        await LastAsync();
        Stopwatch watch = Stopwatch.StartNew();
        await _space.DeleteAsync("loops");
        await _space.DeleteAsync("greedy", graceSeconds: 0);
        Require(await WaitAsync(async () => await _space.FindAsync("loops") is null), "the program that loops does not end");
        return $"OOMKilled; the loop ends {Number(watch.Elapsed.TotalSeconds, 1)} s after its deletion";
    }

    private async Task<string> RunFloodAsync()
    {
        await _space.AddProgramsAsync("flood", ("flood", HostilePrograms.Flood));
        Stopwatch watch = Stopwatch.StartNew();
        await _space.RunAsync("flood", Never(On(First, PodSpace.Spec("flood", "flood"))));
        string reason = PodFacts.ReasonOf(await EndOfAsync("flood"));
        Require(reason == "Completed", $"it ended as {reason}");
        await _space.DeleteAsync("flood", graceSeconds: 0);
        return $"{reason} after {Number(watch.Elapsed.TotalSeconds, 1)} s";
    }

    private async Task<string> RunCorruptAsync()
    {
        byte[] whole = WellBehaved.Counter;
        (string, byte[])[] programs =
        [
            ("random", RandomNumberGenerator.GetBytes(300)), ("empty", []), ("cut", whole[..(whole.Length / 2)]), ("large", new byte[MegabyteAndMore]),
        ];
        await _space.AddProgramsAsync("corrupt", programs);
        List<(string Pod, Task Made)> pods = [.. programs.Select(program => (program.Item1, _space.RunAsync(program.Item1, On(First, PodSpace.Spec("corrupt", program.Item1)))))];
        pods.Add(("wrong-digest", _space.RunAsync("wrong-digest", On(First, PodSpace.ImageSpec($"{_liar.Name}/wrong:v1")))));
        await Task.WhenAll(pods.Select(pod => pod.Made));
        List<string> seen = [];
        foreach ((string name, _) in pods)
        {
            seen.Add($"{name}: {await RefusalOfAsync(name)}");
            await _space.DeleteAsync(name, graceSeconds: 0);
        }

        await WaitAsync(() => _board.Pods.Count == Pods.Length);
        return string.Join(", ", seen);
    }

    /// <summary>Waits until a pod says why it does not run.</summary>
    private async Task<string> RefusalOfAsync(string name)
    {
        string reason = "";
        bool isRefused = await WaitAsync(async () =>
        {
            JsonNode? pod = await _space.FindAsync(name);
            reason = PodFacts.ReasonOf(pod);
            Require(PodFacts.Of(pod).StartedAt is null, $"{name} runs");
            return reason is not ("Pending" or "ContainerCreating" or "Running" or "none");
        });
        Require(isRefused, $"{name} says nothing");
        return reason;
    }

    private async Task<string> RunWithoutRegistryAsync()
    {
        await _space.RunAsync("pulled", On(First, PodSpace.ImageSpec($"{_registry.Name}/sleeps:v1")));
        string reason = await RefusalOfAsync("pulled");
        string seen = $"{reason} while its port refuses";
        if (LocalRegistry.IsAvailable)
        {
            await _registry.StartAsync(_report.Stop);
            await _registry.PushAsync("sleeps:v1", WellBehaved.Sleeper, _report.Stop);
            Stopwatch watch = Stopwatch.StartNew();
            Require(await WaitAsync(async () => PodFacts.Of(await _space.FindAsync("pulled")).IsReady), "not pulled from a registry that is back");
            seen += $", Running {Number(watch.Elapsed.TotalSeconds, 1)} s after it is back";
            _registry.Stop();
        }

        await _space.DeleteAsync("pulled");
        await WaitAsync(async () => await _space.FindAsync("pulled") is null);
        return seen;
    }

    private async Task<string> RunWithoutStorageAsync()
    {
        _board.StorageHealthy = false;
        await _space.AddProgramsAsync("unkept", ("unkept", WellBehaved.Saying("here")));
        JsonObject spec = On(First, PodSpace.Spec("unkept", "unkept"));
        spec["tolerations"]!.AsArray().Add(JsonNode.Parse("""{"key":"node.kubernetes.io/disk-pressure","operator":"Exists"}"""));
        await _space.RunAsync("unkept", spec);
        Require(await WaitAsync(async () => PodFacts.Of(await _space.FindAsync("unkept")).IsReady), "a new pod does not run");
        await LastAsync();
        await _space.DeleteAsync("unkept");
        Require(await WaitAsync(async () => await _space.FindAsync("unkept") is null), "the new pod does not end");
        _board.StorageHealthy = true;
        return "a new pod runs, unkept";
    }

    private Task<string> TearStorageAsync()
    {
        _board.Stop();
        string[] files = [.. Directory.GetFiles(_state, "program*"), .. Directory.GetFiles(_state, "pod-*.cache")];
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 0xff;
            File.WriteAllBytes(file, bytes);
        }

        _board.Start();
        return Task.FromResult($"{files.Length} files, read from the cluster again");
    }
}
