using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>Programs that are images of a registry.</summary>
public abstract partial class ImageTests : EnrolledPodTests
{
    private ImageRegistry _registry = null!;

    private protected ImageTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestInitialize]
    public async Task StartRegistryAsync()
    {
        _registry = await ImageRegistry.StartAsync();
    }

    [TestCleanup]
    public async Task StopRegistryAsync()
    {
        // It is not there where no registry is installed.
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task AnImageRunsSaysSomethingAndIsRolledOutToItsNextVersion()
    {
        string first = await _registry.PushAsync("team/program:v1", TestPrograms.Polite);
        string second = await _registry.PushAsync("team/program:v2", TestPrograms.Blink);

        // A Pico W keeps one program, and here the former one is wanted again.
        SimulatedBoard board = await StartBoardForPodsAsync(SettingsJson, "pico-2-w");

        await ApplyDeploymentAsync(first);
        await Pods.WaitForRolloutAsync("deployment/main");
        string name = (await Pods.PodsAsync()).Single().Text("metadata", "name")!;
        Assert.AreEqual("hi\n", await Pods.KubectlAsync("logs", name));
        string imageId = await Pods.KubectlAsync("get", "pod", name, "--output", "jsonpath={.status.containerStatuses[0].imageID}");
        StringAssert.Matches(imageId, new($"^{_registry.Name}/team/program@sha256:[0-9a-f]{{64}}$"));
        string described = await Pods.KubectlAsync("describe", "pod", name);
        StringAssert.Contains(described, $"Pulling image \"{first}\"");
        StringAssert.Contains(described, $"Successfully pulled image \"{first}\"");

        await ApplyDeploymentAsync(second);
        await Pods.WaitForRolloutAsync("deployment/main");
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(2)));

        // Back again without the registry: what it ran is kept.
        await _registry.StopAsync();
        await ApplyDeploymentAsync(first);
        await Pods.WaitForRolloutAsync("deployment/main");
        await Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            JsonNode pod = (await Pods.PodsAsync()).Single();
            Assert.AreEqual(first, pod["spec"]!["containers"]![0]!.Text("image"));
            Assert.AreEqual("hi\n", await Pods.KubectlAsync("logs", pod.Text("metadata", "name")!));
        });
    }

    [TestMethod]
    public async Task AnImageThatIsNotThereIsSaidInTheRegistrysWordsAndRunsOnceItIs()
    {
        SimulatedBoard board = await StartBoardAsync(Pods, SettingsJson);
        await WaitUntilReadyAsync(board);
        string image = $"{_registry.Name}/missing:v1";
        await Pods.ApplyAsync("v1", "Pod", "missing", Spec(image));

        JsonNode failed = await Pods.WaitForAsync("missing", pod => Assert.AreEqual("ImagePullBackOff", PodSpace.StateOf(pod).Text("waiting", "reason")));
        string words = $"Back-off pulling image \"{image}\": ErrImagePull: 404 from http://{_registry.Name}: MANIFEST_UNKNOWN: manifest unknown";
        Assert.AreEqual(words, PodSpace.StateOf(failed).Text("waiting", "message"));
        string described = await Pods.KubectlAsync("describe", "pod", "missing");
        StringAssert.Matches(described, new(@"Warning +Failed +.*Failed to pull image "".*missing:v1"": 404 from "));
        StringAssert.Contains(described, "Error: ErrImagePull");
        StringAssert.Contains(described, $"Back-off pulling image \"{image}\"");

        await _registry.PushAsync("missing:v1", TestPrograms.Polite);
        await Pods.WaitForPhaseAsync("missing", "Running");
        await Pods.DeleteAsync("pod", "missing");

        await _registry.StopAsync();
        await Pods.ApplyAsync("v1", "Pod", "gone", Spec($"{_registry.Name}/gone:v1"));
        await Pods.WaitForAsync("gone", pod => StringAssert.Contains(PodSpace.StateOf(pod).Text("waiting", "message") ?? string.Empty, $"http://{_registry.Name}: "));
        await Pods.DeleteAsync("pod", "gone");

        JsonObject never = Spec($"{_registry.Name}/never:v1");
        never["containers"]![0]!["imagePullPolicy"] = "Never";
        await Pods.ApplyAsync("v1", "Pod", "never", never);
        await Pods.WaitForAsync("never", pod => Assert.AreEqual("ErrImageNeverPull", PodSpace.StateOf(pod).Text("waiting", "reason")));
        await Pods.DeleteAsync("pod", "never");

        await Pods.ApplyAsync("v1", "Pod", "nonsense", Spec("No:Name!"));
        await Pods.WaitForAsync("nonsense", pod => Assert.AreEqual("InvalidImageName", PodSpace.StateOf(pod).Text("waiting", "reason")));
        await Pods.DeleteAsync("pod", "nonsense");
    }

    [TestMethod]
    public async Task AnImageRunsAfterAPowerCutWithoutItsRegistry()
    {
        string image = await _registry.PushAsync("blink:v1", TestPrograms.Blink);
        SimulatedBoard board = await StartBoardAsync(Pods, SettingsJson);
        await Pods.ApplyAsync("v1", "Pod", "blink", Spec(image, holdsPin: true));
        await Pods.WaitForPhaseAsync("blink", "Running");
        await _registry.StopAsync();

        board.Stop();
        board.Start();

        await Pods.WaitForAsync("blink", pod =>
        {
            Assert.AreEqual(1, PodSpace.RestartsOf(pod));
            Assert.IsNotNull(PodSpace.StateOf(pod)["running"]);
        });
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(2)));
    }

    [TestMethod]
    public async Task AnImageOfARegistryThatGivesAnybodyATokenRuns()
    {
        await using ImageRegistry registry = await ImageRegistry.StartAsync(wantsToken: true);
        string image = await registry.PushAsync("team/polite:v1", TestPrograms.Polite);
        int given = registry.Tokens!.Given;
        await StartBoardAsync(Pods, SettingsFor(registry.Name, registry.Tokens.Name));
        await Pods.ApplyAsync("v1", "Pod", "polite", Spec(image));

        await Pods.WaitForPhaseAsync("polite", "Running");
        Assert.AreEqual(given + 1, registry.Tokens.Given);
    }

    [TestMethod]
    public async Task ARegistryWithTlsIsTrustedByItsCaAlone()
    {
        TestAuthority authority = new();
        await using ImageRegistry registry = await ImageRegistry.StartAsync(authority: authority);
        string image = await registry.PushAsync("polite:v1", TestPrograms.Polite);
        SimulatedBoard stranger = await StartBoardAsync(Pods);
        await Pods.ApplyAsync("v1", "Pod", "strange", Spec(image));
        string words = $"ErrImagePull: https://{registry.Name}: TLS handshake: ";
        await Pods.WaitForAsync("strange", pod => StringAssert.Contains(PodSpace.StateOf(pod).Text("waiting", "message") ?? string.Empty, words));
        await Pods.DeleteAsync("pod", "strange");
        stranger.Stop();

        JsonNode settings = JsonNode.Parse(PodSpace.BoardSettings)!;
        settings["pods"]!["registryCa"] = authority.Pem;
        SimulatedBoard board = await StartBoardAsync(Pods, settings.ToJsonString());
        JsonObject spec = Spec(image);
        spec["nodeSelector"] = new JsonObject { ["kubernetes.io/hostname"] = board.Name };
        await WaitUntilReadyAsync(board);
        await Pods.ApplyAsync("v1", "Pod", "trusted", spec);

        await Pods.WaitForPhaseAsync("trusted", "Running");
    }

    private string SettingsJson => SettingsFor(_registry.Name);

    private static string SettingsFor(params string[] insecureRegistries)
    {
        JsonNode settings = JsonNode.Parse(PodSpace.BoardSettings)!;
        settings["pods"]!["insecureRegistries"] = new JsonArray([.. insecureRegistries.Select(registry => (JsonNode)registry)]);
        return settings.ToJsonString();
    }

    private JsonObject Spec(string image, bool holdsPin = false)
    {
        JsonObject spec = Pods.Spec("none", holdsPin: holdsPin);
        spec.Remove("volumes");
        JsonObject container = (JsonObject)spec["containers"]![0]!;
        container.Remove("volumeMounts");
        container.Remove("command");
        container["image"] = image;
        return spec;
    }

    private Task ApplyDeploymentAsync(string image)
    {
        return Pods.ApplyAsync("apps/v1", "Deployment", "main", new JsonObject
        {
            ["replicas"] = 1,
            ["strategy"] = new JsonObject { ["type"] = "Recreate" },
            ["selector"] = PodSpace.Selector(),
            ["template"] = PodSpace.Template(Spec(image, holdsPin: true)),
        });
    }
}
