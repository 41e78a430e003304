using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

// What is wired to a board.
public abstract partial class ConfigurationTests
{
    private const int DoorPin = 14;

    [TestMethod]
    public async Task ADoorThatOpensShowsInKubectlGetEventsAndChangesNothingOfTheNode()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("inputs", "door=14 pull-up inverted debounce:20 event\nbell=4 pull-down"));
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilAppliedAsync(board);
        await WaitUntilSteadyAsync(board);
        Assert.AreEqual("0", await InputAsync(board, "picokubelet_input", "door"));
        Assert.AreEqual("0", await InputAsync(board, "picokubelet_input", "bell"));
        // The board's part: a controller may write to the rest meanwhile.
        string status = (await NodeAsync(board))["status"]!.ToJsonString();

        board.DrivePin(DoorPin, false);
        await Eventually.HoldsAsync(ReportTime, async () =>
        {
            string events = (await Cluster.KubectlAsync("get", "events", "--field-selector", $"involvedObject.name={name}")).MustSucceed().Output;
            StringAssert.Contains(events, "InputOn");
            StringAssert.Contains(events, "input door (GPIO14) is on");
        });
        Assert.AreEqual("1", await InputAsync(board, "picokubelet_input", "door"));
        Assert.AreEqual("1", await InputAsync(board, "picokubelet_input_edges_total", "door"));

        // One that nobody asked to be told of is counted alone.
        board.FlipInput(1);
        await Eventually.HoldsAsync(ReportTime, async () => Assert.AreEqual("1", await InputAsync(board, "picokubelet_input_edges_total", "bell")));
        InputsFile wires = new(Path.Combine(TestRun.NewFolder(name), "wires"));
        await File.WriteAllTextAsync(Path.Combine(TestRun.NewFolder(name), "wires"), "14=free # closed\n");
        wires.Apply([board]);
        await Eventually.HoldsAsync(ReportTime, async () =>
        {
            string description = (await Cluster.KubectlAsync("describe", "node", name)).MustSucceed().Output;
            StringAssert.Contains(description, "input door (GPIO14) is off");
            Assert.IsFalse(description.Contains("bell (", StringComparison.Ordinal), description);
        });

        JsonNode shown = JsonNode.Parse(await KubeletBodyAsync(board, "/pico/gpio"))!["inputs"]!;
        Assert.AreEqual(
            """[{"name":"door","pin":14,"on":false,"edges":2,"errors":0},{"name":"bell","pin":4,"on":true,"edges":1,"errors":0}]""",
            shown.ToJsonString());
        Assert.AreEqual(status, (await NodeAsync(board))["status"]!.ToJsonString());
    }

    [TestMethod]
    public async Task APinThatIsAnOutputAlreadyIsNamedAndTheOtherInputsWork()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("gpio", "14=out:high"), ("inputs", "door=14\nbell=4"));
        SimulatedBoard board = await StartAsync(name);
        await WaitForReasonAsync(board, "False", "ApplyFailed", JoinTime);
        StringAssert.Contains(
            (await NodeAsync(board)).Condition("ConfigurationApplied").Text("message"),
            "inputs: could not be put in force: door pin 14 is in use by configmap");
        Assert.IsTrue(board.IsPinHigh(DoorPin));
        Assert.AreEqual("1", await InputAsync(board, "picokubelet_input", "bell"));
        (await NodeAsync(board)).MustBe("Ready", "True");

        await PatchAsync(name, """{"data":{"gpio":"18=out:high"}}""");
        await WaitUntilAppliedAsync(board);
        Assert.AreEqual("1", await InputAsync(board, "picokubelet_input", "door"));
        Assert.IsTrue(board.IsPinHigh(18));

        await PatchAsync(name, """{"data":{"inputs":null,"gpio":"14=out:high\n4=out:low"}}""");
        await WaitUntilAppliedAsync(board);
        Assert.IsTrue(board.IsPinHigh(DoorPin));
        Assert.IsFalse((await KubeletBodyAsync(board, "/metrics")).Contains("picokubelet_input", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task SensorsShowInMetricsWithTheirUnitAndOneThatIsNotThereIsNamed()
    {
        string name = NewName();
        await CreateAsync(
            name,
            ("configmap.pollSeconds", "5"),
            ("analog", "battery=4 scale:0.0016 unit:volts every:1"),
            ("pwm", "fan=13 duty:40 frequency:25000"),
            ("i2c", "room=0x48 register:0x00 signed scale:0.00390625 unit:celsius every:1\nattic=0x44 setup:0x2400 wait:16 crc scale:0.00267033 offset:-45 unit:celsius every:1"));
        SimulatedBoard board = await StartAsync(name);
        board.SetAnalog(4, 2000);
        board.SetI2c(0x48, [0x19, 0x10]);
        await Eventually.HoldsAsync(JoinTime, async () => Assert.AreEqual(
            "i2c: could not be put in force: attic does not answer at 0x44",
            (await NodeAsync(board)).Condition("ConfigurationApplied").Text("message")));
        await Eventually.HoldsAsync(ReportTime, async () => Assert.AreEqual("3.2", await InputAsync(board, "picokubelet_sensor_volts", "battery")));
        await Eventually.HoldsAsync(ReportTime, async () => Assert.AreEqual("25.0625", await InputAsync(board, "picokubelet_sensor_celsius", "room")));
        Assert.AreEqual("0.4", await InputAsync(board, "picokubelet_pwm_duty_ratio", "fan"));
        StringAssert.StartsWith(board.Outputs, "13~40%");

        // 0x6666 is 25 degrees of an SHT3x, with its checksum.
        board.SetI2c(0x44, [0x66, 0x66, 0x93]);
        board.SetI2c(0x48, [0xFF, 0x00]);
        await WaitUntilAppliedAsync(board);
        await Eventually.HoldsAsync(ReportTime, async () => Assert.AreEqual("25.00003", await InputAsync(board, "picokubelet_sensor_celsius", "attic")));
        await Eventually.HoldsAsync(ReportTime, async () => Assert.AreEqual("-1", await InputAsync(board, "picokubelet_sensor_celsius", "room")));

        // What comes loose later is counted, and has no value.
        board.SetI2c(0x44, [0x66, 0x66, 0x92]);
        await Eventually.HoldsAsync(ReportTime, async () => Assert.IsNull(await InputAsync(board, "picokubelet_sensor_celsius", "attic")));
        Assert.AreNotEqual("0", await InputAsync(board, "picokubelet_sensor_errors_total", "attic"));
        (await NodeAsync(board)).MustBe("Ready", "True");
    }

    private static async Task<string?> InputAsync(SimulatedBoard board, string metric, string name)
    {
        string[] lines = (await KubeletBodyAsync(board, "/metrics")).Split('\n');
        return lines.SingleOrDefault(line => line.StartsWith($"{metric}{{name=\"{name}\"", StringComparison.Ordinal))?.Split(' ')[^1];
    }
}
