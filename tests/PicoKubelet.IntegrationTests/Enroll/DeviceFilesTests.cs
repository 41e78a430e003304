using System.Text.Json.Nodes;
using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Device;
using PicoKubelet.Enroll.Kubernetes;
using PicoKubelet.Settings;

namespace PicoKubelet.IntegrationTests.Enroll;

[TestClass]
public class DeviceFilesTests
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\nMAcwADAAAwEA\n-----END CERTIFICATE-----\n";

    private static readonly ClusterAccess Access = new("https://192.168.1.10:6443", Pem);
    private static readonly BoardCredentials Token = BoardCredentials.Of(new BoardToken("a.b.c", null));

    [TestMethod]
    [DataRow("PICO_RP2040_W", true)]
    [DataRow("PICO2_RP2350_W", true)]
    [DataRow("ESP32_S3_QUAD", true)]
    [DataRow("ESP32_PSRAM_REV3", true)]
    [DataRow("ESP32_REV3", false)]
    [DataRow("ESP32_C3", false)]
    public void The_image_without_pods_is_for_boards_that_have_no_room_for_any(string target, bool hasRoom)
    {
        Assert.AreEqual(hasRoom, BoardTarget.Find(target).HasRoomForPods);
    }

    [TestMethod]
    public void TheFirmwareReadsItsSettings()
    {
        DeviceSettings settings = Read(DeviceFiles.MakeSettings("pico-node-7", Access, Token, "kubelet-token", old: null, "ESP32_S3_QUAD", syslog: "192.168.1.9"));
        Assert.AreEqual("192.168.1.9", settings.SyslogHost);

        Assert.AreEqual("pico-node-7", settings.NodeName);
        Assert.AreEqual("192.168.1.10", settings.ApiServer.Host);
        Assert.AreEqual("a.b.c", settings.Token);
        Assert.AreEqual(Pem, settings.Ca);
        Assert.AreEqual("kubelet-token", settings.KubeletToken);
        Assert.AreEqual("ESP32_S3_QUAD", settings.Target);
    }

    [TestMethod]
    public void WhatTheFirmwareWouldNotTakeIsNotWritten()
    {
        ClusterAccess bundle = Access with { Ca = string.Concat(Enumerable.Repeat(Pem, 100)) };

        var exception = Assert.ThrowsExactly<EnrollException>(() => DeviceFiles.MakeSettings("pico-node-7", bundle, Token, null, old: null));

        Assert.Contains("ca", exception.Message);
    }

    [TestMethod]
    public void WhatIsKnownOfTheWifiIsAddedAndChecked()
    {
        string? settings = DeviceFiles.AddWifi(null, "pico-node-7", new BoardWifi("192.168.1.50", "255.255.255.0", "192.168.1.1", "192.168.1.1", "phone", "second-password"));
        WifiSettings wifi = Read(DeviceFiles.MakeSettings("pico-node-7", Access, Token, null, settings)).Wifi;
        Assert.AreEqual("192.168.1.50", wifi.Address.Address);
        Assert.AreEqual("192.168.1.1", wifi.Address.Dns);
        Assert.AreEqual("phone", wifi.SecondSsid);
        Assert.AreEqual("second-password", wifi.SecondPassword);

        string? other = DeviceFiles.AddWifi(settings, "pico-node-7", new BoardWifi(null, null, "192.168.2.1", null, null, null));
        var exception = Assert.ThrowsExactly<EnrollException>(() => DeviceFiles.MakeSettings("pico-node-7", Access, Token, null, other));
        Assert.Contains("wifi.gateway: must be in the subnet of wifi.address", exception.Message);

        Assert.IsNull(DeviceFiles.AddWifi(null, "pico-node-7", new BoardWifi(null, null, null, null, null, null)));
    }

    [TestMethod]
    public void OnlyTheTokenIsReplaced()
    {
        string old = """{ "nodeName": "pico-node-7", "apiServer": "https://192.168.1.10:6443", "token": "old", "labels": { "room": "kitchen" }, "logLevel": "debug" }""";

        DeviceSettings settings = Read(DeviceFiles.Replace(old, "pico-node-7", Token));

        Assert.AreEqual("a.b.c", settings.Token);
        Assert.AreEqual("debug", settings.LogLevel.ToString().ToLowerInvariant());
        Assert.AreEqual("kitchen", settings.Labels.Value(settings.Labels.IndexOf("room")));
    }

    [TestMethod]
    public void ABoardThatComesBackKeepsWhatItsUserAdded()
    {
        string old = """
            { "nodeName": "pico-node-7", "apiServer": "https://10.0.0.1:6443", "token": "old", "ca": "old",
              "kubelet": { "token": "old", "port": 10255 }, "labels": { "room": "kitchen" } }
            """;

        DeviceSettings settings = Read(DeviceFiles.MakeSettings("pico-node-7", new ClusterAccess("http://192.168.1.10:8001", null), Token, "new", old));

        Assert.AreEqual("192.168.1.10", settings.ApiServer.Host);
        Assert.AreEqual("a.b.c", settings.Token);
        Assert.IsNull(settings.Ca);
        Assert.AreEqual("new", settings.KubeletToken);
        Assert.AreEqual(10255, settings.KubeletPort);
        Assert.AreEqual("kitchen", settings.Labels.Value(settings.Labels.IndexOf("room")));
    }

    [TestMethod]
    [DataRow("""{"nodeName":"pico-node-8","apiServer":"https://a:1"}""", "pico-node-8")]
    [DataRow("""{"apiServer":"https://a:1"}""", "not of")]
    [DataRow("nonsense", "not JSON")]
    [DataRow("[]", "no JSON object")]
    public void TheTokenOfAnotherFileIsNotReplaced(string old, string expected)
    {
        Assert.Contains(expected, Assert.ThrowsExactly<EnrollException>(() => DeviceFiles.Replace(old, "pico-node-7", Token)).Message);
    }

    [TestMethod]
    [DataRow("ESP32_S3_QUAD", "I:\\picokubelet.json")]
    [DataRow("PICO_RP2040_W", "null", "picokubelet.json")]
    [DataRow("PICO2_RP2350_W", "null", "picokubelet.json")]
    public void APicosFileIsDeletedFirstAndHasNoDrive(string target, params string[] expected)
    {
        JsonNode files = JsonNode.Parse(DeviceFiles.MakeFiles(BoardTarget.Find(target), "COM9"))!["Files"]!;

        string[] found = [.. files.AsArray().Select(file => file!["SourceFilePath"] is null ? "null" : file["DestinationFilePath"]!.GetValue<string>())];

        CollectionAssert.AreEqual(expected, found);
    }

    [TestMethod]
    [DataRow("a password", "WPA2", "WPA2_PSK2")]
    [DataRow("", "Open", "None")]
    public void TheWifiIsWpa2OrOpen(string password, string authentication, string encryption)
    {
        JsonNode client = JsonNode.Parse(DeviceFiles.MakeNetwork("COM9", "the Wi-Fi", password))!["WirelessClient"]!;

        Assert.AreEqual(authentication, client["Authentication"]!.GetValue<string>());
        Assert.AreEqual(encryption, client["Encryption"]!.GetValue<string>());
        Assert.AreEqual("AutoConnect", client["ConfigurationOption"]!.GetValue<string>());
    }

    // The same as on the setup page: what the runtime can hold and read again.
    [TestMethod]
    [DataRow("short")]
    [DataRow("café café")]
    [DataRow("0123456789012345678901234567890123456789012345678901234567890123")]
    public void APasswordThatNoBoardCanUseIsRefused(string password)
    {
        Assert.Contains("8 to 63 characters", Assert.ThrowsExactly<EnrollException>(() => DeviceFiles.MakeNetwork("COM9", "the Wi-Fi", password)).Message);
    }

    [TestMethod]
    [DataRow("PICO_RP2040", DisplayName = "without Wi-Fi")]
    [DataRow("ESP32_H2_THREAD")]
    [DataRow("ESP32_P4")]
    [DataRow("ST_STM32F769I_DISCOVERY")]
    public void AnUnknownTargetIsRefused(string target)
    {
        Assert.Contains("ESP32_S3_QUAD", Assert.ThrowsExactly<EnrollException>(() => BoardTarget.Find(target)).Message);
    }

    // nanoff chooses the layout by the flash that it finds: the target does not tell its size.
    [TestMethod]
    [DataRow("ESP32_REV3", true)]
    [DataRow("ESP32_C3", true)]
    [DataRow("PICO_RP2040_W", false)]
    public void AnEsp32sFlashHasToBeLookedAtBeforeItIsFlashed(string target, bool isSaid)
    {
        Assert.AreEqual(isSaid, BoardTarget.Find(target).FlashNote?.Contains("4 MB") ?? false);
    }

    private static DeviceSettings Read(string settings)
    {
        return new SettingsReader().Read(new TextSource(settings));
    }
}
