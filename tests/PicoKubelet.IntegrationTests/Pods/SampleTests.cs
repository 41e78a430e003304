using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Monitoring;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>The samples that measure, as whoever has kubectl sees them, while what is wired to their board moves.</summary>
public abstract class SampleTests : EnrolledPodTests
{
    private static readonly string[] LabelsOfValues = ["container", "name", "namespace", "pod"];

    private protected SampleTests(Func<Task<Cluster>> source)
        : base(source)
    {
    }

    [TestMethod]
    public async Task TheThermostatHeatsUntilItIsWarmAndIsNotReadyWithoutItsSensor()
    {
        string program = await BuildAsync("thermostat", "clang", "wasm-ld", "/usr/lib/wasm32-wasi");
        SimulatedBoard board = await StartBoardForPodsAsync("""{"pods":{"max":1,"pins":[15],"analog":[0]}}""");
        board.SetAnalog(0, Tmp36(18));
        await ApplyAsync("thermostat", program);

        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsTrue(board.IsPinHigh(15)));
        await Pods.WaitForAsync("thermostat", pod => Assert.AreEqual("True", PodSpace.ReadyOf(pod)));
        await ValueIsAsync(board, "picokubelet_program_gauge", "room_celsius", 18, 0.2);
        await ValueIsAsync(board, "picokubelet_program_gauge", "target_celsius", 20, 0);
        await ValueIsAsync(board, "picokubelet_program_gauge", "heater_on", 1, 0);

        board.SetAnalog(0, Tmp36(21));
        await Eventually.HoldsAsync(PodSpace.Long, () => Assert.IsFalse(board.IsPinHigh(15)));
        await ValueIsAsync(board, "picokubelet_program_gauge", "room_celsius", 21, 0.2);
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.AreEqual("heater on\nheater off\n", await Pods.KubectlAsync("logs", "thermostat")));

        board.SetAnalog(0, 0);
        await Pods.WaitForAsync("thermostat", pod => Assert.AreEqual("False", PodSpace.ReadyOf(pod)));
        await EventIsAsync("SensorFailed", "no sensor at channel 0: heater off");
        await Pods.DeleteAsync("pod", "thermostat");
    }

    [TestMethod]
    public async Task TheDoorCounterCountsOpenings()
    {
        string program = await BuildAsync("door-counter", "wasm-ld", "/usr/lib/rustlib/wasm32-wasi");
        SimulatedBoard board = await StartBoardForPodsAsync("""{"pods":{"max":1,"pins":[14]}}""");
        board.DrivePin(14, false);
        await ApplyAsync("door-counter", program);
        await Eventually.HoldsAsync(PodSpace.Long, async () => Assert.AreEqual("the door is closed\n", await Pods.KubectlAsync("logs", "door-counter")));
        await ValueIsAsync(board, "picokubelet_program_counter_total", "door_openings", 0, 0);

        // An open contact lets the pin go, and the pull-up holds it high.
        board.DrivePin(14, null);
        await ValueIsAsync(board, "picokubelet_program_counter_total", "door_openings", 1, 0);
        await ValueIsAsync(board, "picokubelet_program_gauge", "door_open", 1, 0);
        await EventIsAsync("DoorOpened", "the door at pin 14 was opened");

        board.DrivePin(14, false);
        await ValueIsAsync(board, "picokubelet_program_gauge", "door_open", 0, 0);
        board.DrivePin(14, null);
        await ValueIsAsync(board, "picokubelet_program_counter_total", "door_openings", 2, 0);
        Assert.AreEqual("the door is closed\nopen\nclosed\nopen\n", await Pods.KubectlAsync("logs", "door-counter"));
        await Pods.DeleteAsync("pod", "door-counter");
    }

    [TestMethod]
    public async Task TheWeatherIsMeasuredAndIsNotReadyWhileTheSensorFails()
    {
        string program = await BuildAsync("weather", "node");
        SimulatedBoard board = await StartBoardForPodsAsync("""{"pods":{"max":1,"i2c":["0x44"]}}""");
        board.SetI2c(0x44, Convert.FromHexString("666693666693"));
        await ApplyAsync("weather", program);

        await Pods.WaitForAsync("weather", pod => Assert.AreEqual("True", PodSpace.ReadyOf(pod)));
        await ValueIsAsync(board, "picokubelet_program_gauge", "temperature_celsius", 25, 0);
        await ValueIsAsync(board, "picokubelet_program_gauge", "humidity_ratio", 0.4, 0);
        await ValueIsAsync(board, "picokubelet_program_counter_total", "sensor_failures", 0, 0);

        // With a wrong checksum.
        board.SetI2c(0x44, Convert.FromHexString("666693666793"));
        await Pods.WaitForAsync("weather", pod => Assert.AreEqual("False", PodSpace.ReadyOf(pod)));
        Assert.AreNotEqual(0, (await ValueAsync(board, "picokubelet_program_counter_total", "sensor_failures")).Value);
        Assert.AreEqual("measuring\nthe sensor at 0x44 fails\n", await Pods.KubectlAsync("logs", "weather"));
        await Pods.DeleteAsync("pod", "weather");
    }

    // What a simulated board's converter, of 12 bits, reads of a TMP36: 500 mV at 0 °C, 10 mV a degree, of 3.3 V.
    private static int Tmp36(double celsius) => (int)Math.Round((0.5 + (celsius / 100)) / 3.3 * 4095);

    private async Task<string> BuildAsync(string sample, params string[] tools)
    {
        string? missing = tools.FirstOrDefault(tool => !Directory.Exists(tool) && ExternalProgram.Find(tool) is null);
        if (missing is not null)
        {
            Assert.Inconclusive($"{missing} is not installed.");
        }

        string program = Path.Combine(Folder.Path, sample + ".wasm");
        (await ExternalProgram.RunAsync("sh", [Repository.PathOf($"samples/{sample}/build.sh"), program], new Dictionary<string, string>(), PodSpace.Long)).MustSucceed();
        return program;
    }

    // Its manifest, and a label by which it comes to the board of this test alone.
    private async Task ApplyAsync(string sample, string program)
    {
        const string Runtime = "  runtimeClassName: picokubelet\n";
        string manifest = await File.ReadAllTextAsync(Repository.PathOf($"samples/{sample}/pod.yaml"));
        StringAssert.Contains(manifest, Runtime);
        string selector = string.Join(',', Pods.BoardLabels.Select(label => $"{label.Key}: {label.Value}"));
        string file = Folder.Write(sample + ".yaml", manifest.Replace(Runtime, $"{Runtime}  nodeSelector: {{{selector}}}\n", StringComparison.Ordinal));
        await Pods.KubectlAsync("create", "configmap", sample, $"--from-file={sample}.wasm={program}");
        await Pods.KubectlAsync("apply", "--filename", file);
    }

    private async Task<MetricSample> ValueAsync(SimulatedBoard board, string metric, string name)
    {
        Exposition metrics = new(await Pods.KubectlAsync("get", "--raw", $"/api/v1/nodes/{board.Name}/proxy/metrics"));
        MetricSample[] samples = [.. metrics.Samples.Where(sample => sample.Name == metric && sample.Labels["name"] == name)];
        Assert.HasCount(1, samples, $"{metric} {name}");
        return samples[0];
    }

    private Task ValueIsAsync(SimulatedBoard board, string metric, string name, double value, double delta)
    {
        return Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            MetricSample sample = await ValueAsync(board, metric, name);
            CollectionAssert.AreEquivalent(LabelsOfValues, sample.Labels.Keys.ToArray());
            Assert.AreEqual(Pods.Name, sample.Labels["namespace"]);
            Assert.AreEqual(value, sample.Value, delta, name);
        });
    }

    private Task EventIsAsync(string reason, string message)
    {
        return Eventually.HoldsAsync(PodSpace.Long, async () =>
        {
            string events = await Pods.KubectlAsync("get", "events", "--field-selector", "reason=" + reason, "-o", "jsonpath={range .items[*]}{.type}: {.message}{end}");
            StringAssert.StartsWith(events, "Normal: " + message);
        });
    }
}
