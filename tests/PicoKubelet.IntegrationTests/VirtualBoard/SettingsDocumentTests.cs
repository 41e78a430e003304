using System.Text.Json;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class SettingsDocumentTests
{
    [TestMethod]
    public void OptionsOverrideTheDocumentAndKeepTheRestOfIt()
    {
        var options = new BoardOptions
        {
            KubeletPort = null,
            Name = "a",
            ApiServer = new Uri("https://127.0.0.1:6443"),
            SettingsJson = """{"nodeName":"b","token":"kept","heartbeat":{"mode":"status","leaseSeconds":5},"labels":{"room":"kitchen"}}""",
            LeaseInterval = TimeSpan.FromSeconds(2),
            Labels = new Dictionary<string, string> { ["floor"] = "1" },
        };

        JsonElement document = JsonDocument.Parse(SettingsDocument.Write(options, stored: """{"os":"ignored"}""")).RootElement;

        Assert.AreEqual("a", document.GetProperty("nodeName").GetString());
        Assert.AreEqual("https://127.0.0.1:6443", document.GetProperty("apiServer").GetString());
        Assert.AreEqual("kept", document.GetProperty("token").GetString());
        Assert.AreEqual("status", document.GetProperty("heartbeat").GetProperty("mode").GetString());
        Assert.AreEqual(2, document.GetProperty("heartbeat").GetProperty("leaseSeconds").GetInt32());
        Assert.AreEqual("kitchen", document.GetProperty("labels").GetProperty("room").GetString());
        Assert.AreEqual("1", document.GetProperty("labels").GetProperty("floor").GetString());
        Assert.IsFalse(document.TryGetProperty("os", out _));
        Assert.IsFalse(document.TryGetProperty("kubelet", out _));
    }

    [TestMethod]
    public void ADocumentThatIsNoJsonReachesTheFirmwareAsItIs()
    {
        Assert.AreEqual("{broken", SettingsDocument.Write(new BoardOptions { SettingsJson = "{broken" }, stored: null));
    }

    [TestMethod]
    public void WithoutADocumentTheStoredOneCounts()
    {
        Assert.Contains("\"os\": \"linux\"", SettingsDocument.Write(new BoardOptions(), """{"os":"linux"}"""));
    }

    [TestMethod]
    [DataRow("""{"labels":{"room":"kitchen"}}""", null)]
    [DataRow("""{"kubelet":{"port":70000}}""", "kubelet.port")]
    [DataRow("""{"heartbeat":{"mode":"often"}}""", "heartbeat.mode")]
    [DataRow("""["a"]""", "JSON object")]
    [DataRow("""{"a":""", "not JSON")]
    public void FaultsAreNamedAsTheFirmwareNamesThem(string json, string? expected)
    {
        string? fault = SettingsDocument.FindFault(json);

        if (expected is null)
        {
            Assert.IsNull(fault);
        }
        else
        {
            Assert.IsNotNull(fault);
            Assert.Contains(expected, fault);
        }
    }
}
