using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.Bench.Costs;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Workloads.Programs;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Workloads;

// The two boards, who they are to the API server, and the three pods.
internal sealed partial class PodFaultRun
{
    private const string First = "pico-first";
    private const string Second = "pico-second";
    private const string Address = "127.0.88.9";
    private const string SecondAddress = "127.0.88.10";
    private const string Hostname = "kubernetes.io/hostname";

    // It has room for ten pods.
    private const string Model = "pico-2-w";

    // What the faults' own pods hold.
    private const int MovedPin = 2;
    private const int DeletedPin = 3;

    private static readonly (string Name, byte[] Module)[] Pods = [("counts", WellBehaved.Counter), ("computes", WellBehaved.Spinner), ("sleeps", WellBehaved.Sleeper)];

    private readonly string _state = Directory.CreateTempSubdirectory("picokubelet-board-").FullName;
    private readonly string _portToken = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly LocalRegistry _registry = new();
    private readonly LyingRegistry _liar = new(WellBehaved.Sleeper);
    private SimulatedBoard _board = null!;
    private SimulatedBoard _second = null!;
    private BoardProbe _probe = null!;

    private async Task StartBoardsAsync()
    {
        await FleetIdentities.CreateAsync(_plane, [First, Second], hasOwnRights: true, _report.Stop);
        _second = new SimulatedBoard(NewOptions(Second, SecondAddress, null, await NodeCertificate.CreateAsync(_plane, Second), 0));
        _second.Start();
        await SignInAsync(await NodeCertificate.CreateAsync(_plane, First), null);
        _probe = new BoardProbe(new Uri($"http://{Address}:{_board.KubeletPort}"), _portToken, $"/containerLogs/{PodSpace.Name}/{Pods[0].Name}/{Pods[0].Name}");
        Require(await WaitAsync(async () => await ReadyAsync(First) == "True" && await ReadyAsync(Second) == "True"), "the boards are not Ready");
    }

    private async Task StartPodsAsync()
    {
        await _space.AddProgramsAsync("programs", Pods);
        foreach ((string name, _) in Pods)
        {
            await _space.RunAsync(name, On(First, PodSpace.Spec("programs", name)));
        }

        Require(await WaitUntilWellAsync(DateTimeOffset.MinValue), "the pods do not run");
    }

    /// <summary>Starts the board anew with another identity; what it has stored stays.</summary>
    private async Task SignInAsync(TlsIdentity? certificate, string? token)
    {
        if (_board is not null)
        {
            await _board.DisposeAsync();
        }

        _board = new SimulatedBoard(NewOptions(First, Address, token, certificate, _board?.KubeletPort ?? 0));
        _board.Start();
    }

    /// <summary>Waits until the board has written down how often the containers of its pods were restarted, which it does for one pod each ten seconds.</summary>
    private async Task WaitUntilKeptAsync()
    {
        int[] restarts = [.. (await LookAsync()).Select(pod => pod.Restarts).Order()];
        await WaitAsync(() => Directory.GetFiles(_state, "pod-*.cache").Select(KeptRestarts).Order().SequenceEqual(restarts));
    }

    private static int KeptRestarts(string file)
    {
        Match match = RestartCount().Match(File.ReadAllText(file));
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;
    }

    [GeneratedRegex("\"restartCount\":([0-9]+)")]
    private static partial Regex RestartCount();

    private async Task DisposeBoardsAsync()
    {
        if (_probe is not null)
        {
            await _probe.DisposeAsync();
        }

        foreach (SimulatedBoard? board in (SimulatedBoard?[])[_board, _second])
        {
            if (board is not null)
            {
                await board.DisposeAsync();
            }
        }

        Directory.Delete(_state, recursive: true);
    }

    private async Task<string> CreateTokenAsync()
    {
        const string Accounts = $"/api/v1/namespaces/{FleetIdentities.Namespace}/serviceaccounts";
        await _plane.CreateAsync(Accounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = First } });
        await FleetIdentities.GrantPodsAsync(_plane, First);
        JsonNode? token = await _plane.CreateAsync($"{Accounts}/{First}/token", new JsonObject { ["spec"] = new JsonObject { ["expirationSeconds"] = 3600 } });
        return (string)token!["status"]!["token"]!;
    }

    private BoardOptions NewOptions(string name, string address, string? token, TlsIdentity? certificate, int port) => new()
    {
        Name = name,
        Board = Model,
        ApiServer = name == First ? _proxy.Url : _plane.Url,
        StateFolder = name == First ? _state : null,
        KubeletPort = port,
        Token = token,
        ClientCertificate = certificate?.Certificate,
        ClientKey = certificate?.Key,
        CaPem = _plane.CaPem,
        Address = address,
        KubeletToken = _portToken,
        LeaseInterval = Interval,
        SettingsJson = $$$"""{"pods":{"max":10,"pins":[{{{MovedPin}}},{{{DeletedPin}}}],"insecureRegistries":["{{{_registry.Name}}}","{{{_liar.Name}}}"]}}""",
    };

    private static JsonObject On(string node, JsonObject spec)
    {
        spec["nodeSelector"]![Hostname] = node;
        return spec;
    }

    private static JsonObject Holding(int pin, JsonObject spec)
    {
        spec["containers"]![0]!["resources"] = new JsonObject { ["limits"] = new JsonObject { [$"picokubelet.io/gpio-{pin}"] = "1" } };
        return spec;
    }

    private static JsonObject Never(JsonObject spec)
    {
        spec["restartPolicy"] = "Never";
        return spec;
    }
}
