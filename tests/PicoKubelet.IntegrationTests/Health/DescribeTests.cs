using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Runtime;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Health;

/// <summary>kubectl describe node is enough to know what is wrong with a board.</summary>
public abstract class DescribeTests : ClusterTests
{
    // A silence is one from 40 s on; the supervisor gives a board without memory up after 30 s.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(43);
    private static readonly TimeSpan TellTime = TimeSpan.FromSeconds(60);

    // Condition: type, status, two times, reason, message. Event: type, reason, age, source, message.
    private static readonly (string Name, Func<DescribeTests, Task<SimulatedBoard>> Arrange, string[] Patterns)[] Rows =
    [
        (
            "little memory",
            tests => tests.StartAndAsync(board => board.FreeHeap = board.FreeHeap / 6),
            [Condition("MemoryPressure", "True", "KubeletHasInsufficientMemory", "little of the managed heap is free")]),
        (
            "memory nearly exhausted",
            tests => tests.StartAndAsync(board => board.FreeHeap = 1000),
            [Condition("Ready", "False", "KubeletNotReady", "the managed heap is nearly exhausted"), Event("RebootDue", "a reboot is due, and waits: little memory is free")]),
        (
            "storage",
            tests => tests.StartAndAsync(board => board.StorageHealthy = false),
            [Condition("DiskPressure", "True", "KubeletHasDiskPressure", "the storage is missing or full")]),
        (
            "a wrong value",
            tests => tests.StartWithAsync("configmap.pollSeconds", "soon"),
            [Condition("ConfigurationApplied", "False", "InvalidValue", "configmap.pollSeconds: "), Event("ConfigurationRejected", "configmap.pollSeconds: ")]),
        (
            "no right to read the ConfigMap",
            tests => tests.StartBoardAsync(BoardRights.All & ~BoardRights.ConfigMap),
            [Condition("ConfigurationApplied", "False", "Forbidden", "")]),
        ("no right to write Leases", tests => tests.StartBoardAsync(BoardRights.All & ~BoardRights.Lease), [Event("LeaseRefused", "no Leases; heartbeats are by status alone: 403 Forbidden")]),
        ("a restart", tests => tests.StartAndAsync(board => board.Reboot()), [Event("Rebooted", "Node \\S+ has been rebooted, boot id: \\S+, reason: power on or reset")]),
        (
            "starts that end at once",
            tests => tests.StartAndAsync(RestartAgainAndAgain),
            [Condition("ConfigurationApplied", "False", "SafeMode", "safe mode: "), Event("SafeMode", "safe mode: ten starts in a row ended within a minute")]),
        (
            "no network",
            tests => tests.StartAndAsync(board =>
            {
                board.LoseWifi();
                Thread.Sleep(Silence);
                board.RestoreWifi();
            }),
            [Event("HeartbeatsMissed", "no heartbeat for \\d+ s, no network for \\d+ s of them")]),
    ];

    private protected DescribeTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    /// <summary>Gets the rows' names.</summary>
    public static IEnumerable<object[]> Names => Rows.Select(row => new object[] { row.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task KubectlDescribesWhatIsWrong(string name)
    {
        (_, Func<DescribeTests, Task<SimulatedBoard>> arrange, string[] patterns) = Rows.Single(row => row.Name == name);

        SimulatedBoard board = await arrange(this);

        // Not all at once: a board that is sick falls silent after it has said so.
        HashSet<string> missing = [.. patterns];
        await Eventually.HoldsAsync(TellTime, async () =>
        {
            string described = (await Cluster.KubectlAsync("describe", "node", board.Name)).MustSucceed().Output;
            missing.RemoveWhere(pattern => Regex.IsMatch(described, pattern, RegexOptions.Multiline));
            Assert.IsEmpty(missing, string.Join('\n', missing) + "\n" + described);
        });
    }

    private static string Condition(string type, string status, string reason, string message) => $@"^  {type}\s+{status}\s+\w{{3}}, .*\s{reason}\s+{message}";

    private static string Event(string reason, string message) => $@"^  Warning\s+{reason}\s+.*\spicokubelet\s+{message}";

    private static void RestartAgainAndAgain(SimulatedBoard board)
    {
        for (int i = 0; i < BootRecord.MaxShortStarts; i++)
        {
            board.Reboot();
        }
    }

    private async Task<SimulatedBoard> StartAndAsync(Action<SimulatedBoard> fault)
    {
        SimulatedBoard board = await StartBoardAsync();
        await WaitUntilSteadyAsync(board);
        await Task.Run(() => fault(board));
        return board;
    }

    private async Task<SimulatedBoard> StartWithAsync(string key, string value)
    {
        string name = NewName();
        await Cluster.CreateAsync(
            $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps",
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["data"] = new JsonObject { [key] = value } });
        return await StartBoardAsync(name: name);
    }
}
