using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.Runtime;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Configuration;

// What of a ConfigMap is left aside once too many starts ended at once.
public abstract partial class ConfigurationTests
{
    [TestMethod]
    public async Task TenStartsThatEndAtOnceLeaveTheConfigMapAside()
    {
        string name = NewName();
        await CreateAsync(name, ("configmap.pollSeconds", "5"), ("memory_values", "0=0x42"), ("node.labels", "room=kitchen"));
        SimulatedBoard board = await StartAsync(name);
        await WaitUntilAppliedAsync(board);

        for (int i = 0; i < BootRecord.MaxShortStarts; i++)
        {
            board.Reboot();
        }

        await Eventually.HoldsAsync(JoinTime, async () =>
        {
            JsonNode node = await NodeAsync(board);
            node.MustBe("Ready", "True");
            node.MustBe("ConfigurationApplied", "False");
            Assert.AreEqual("SafeMode", node.Condition("ConfigurationApplied").Text("reason"));
            Assert.AreEqual("kitchen", node.Label("room"), "what the ConfigMap put on the Node stays");
            JsonNode events = await Cluster.GetAsync("/api/v1/namespaces/default/events");
            Assert.IsTrue(events["items"]!.AsArray().Any(item => item!.Text("involvedObject", "name") == name && item!.Text("reason") == "SafeMode"), "no Event");
        });
        Assert.AreEqual("{}", await CellsAsync(board));
        // Somebody has seen to it.
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"http://{board.Address}:{board.KubeletPort}/pico/command"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KubeletToken);
        request.Content = new StringContent("""{"command":"reboot"}""");
        using HttpResponseMessage reboot = await Kubelet.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.Accepted, reboot.StatusCode);

        await WaitUntilAppliedAsync(board);
        Assert.AreEqual("""{"0":"0x42"}""", await CellsAsync(board));
    }
}
