using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Tests.Programs;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Pods;

// What programs do with what is wired to their board.
public abstract partial class WorkloadTests
{
    private const string Settings = "{\"pods\":{\"max\":2,\"pins\":[2,14],\"analog\":[0],\"i2c\":[\"0x44\"]},\"kubelet\":{\"token\":\"" + KubeletClient.Token + "\"}}";

    private static readonly string[] _resources = ["picokubelet.io/gpio-2", "picokubelet.io/gpio-14", "picokubelet.io/adc-0", "picokubelet.io/i2c-0x44"];

    [TestMethod]
    public async Task AProgramUsesWhatIsWiredToItsBoardAndNoOtherPodDoesMeanwhile()
    {
        SimulatedBoard board = await StartBoardAsync(Pods, Settings);
        board.DrivePin(2, true);
        board.SetAnalog(0, 2048);
        board.SetI2c(0x44, [0x12, 0x34]);
        await Pods.AddProgramAsync("wired", TestPrograms.Wired);
        await Pods.AddProgramAsync("polite", TestPrograms.Polite);
        await RunAsync("first", "wired", _resources);
        await Pods.WaitForPhaseAsync("first", "Running");
        JsonNode status = (await Cluster.GetAsync($"/api/v1/nodes/{board.Name}"))["status"]!;
        foreach (string resource in _resources)
        {
            Assert.AreEqual("1", status.Text("capacity", resource));
            Assert.AreEqual("1", status.Text("allocatable", resource));
        }

        // Edges, analog, what I2C read, and what pin 3 and I2C answered: not permitted, and well.
        await MustShowAsync(board, 0, 0x80, 0x12, 0x34, 63, 0);
        StringAssert.Contains(board.Outputs, "14~25%");
        board.DrivePin(2, false);
        await MustShowAsync(board, 1, 0x80, 0x12, 0x34, 63, 0);
        board.SetAnalog(0, 4095);
        board.SetI2c(0x44, null);
        await MustShowAsync(board, 1, 0xff, 0x12, 0x34, 63, 29);
        board.DrivePin(2, true);
        await MustShowAsync(board, 2, 0xff, 0x12, 0x34, 63, 29);

        await RunAsync("second", "polite", ["picokubelet.io/i2c-0x44"]);

        await Eventually.HoldsAsync(PodSpace.Long, async () =>
            StringAssert.Matches(await Pods.KubectlAsync("describe", "pod", "second"), new(@"Warning +FailedScheduling .* Insufficient picokubelet\.io/i2c-0x44")));
        await Pods.WaitForPhaseAsync("second", "Pending");
        await Pods.DeleteAsync("pod", "first");
        await Pods.WaitForPhaseAsync("second", "Running");
        Assert.AreEqual("", board.Outputs);
    }

    private Task RunAsync(string name, string program, string[] resources)
    {
        JsonObject spec = Pods.Spec(program);
        JsonObject limits = spec["containers"]![0]!["resources"]!["limits"]!.AsObject();
        foreach (string resource in resources)
        {
            limits[resource] = "1";
        }

        return Pods.ApplyAsync("v1", "Pod", name, spec);
    }

    private static Task MustShowAsync(SimulatedBoard board, params int[] cells)
    {
        // Those that are 0 are left out.
        IEnumerable<string> values = cells.Select((cell, index) => (cell, index)).Where(value => value.cell != 0).Select(value => $"\"{20 + value.index}\":\"0x{value.cell:x2}\"");
        string expected = $"{{{string.Join(',', values)}}}";
        return Eventually.HoldsAsync(PodSpace.Long, async () =>
            Assert.AreEqual(expected, JsonNode.Parse(await KubeletClient.GetBodyAsync(board, "/pico/memory"))!["values"]!.ToJsonString()));
    }
}
