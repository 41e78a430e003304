using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.Enroll.Device;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Deploy;

/// <summary>
/// The templates of deploy/device, read as nanoff reads them. The tables are those of nanoFirmwareFlasher.Library (July 2026): the
/// properties of FileDeployment/FileDeploymentConfiguration.cs, DeploymentFile.cs, NetworkDeployment/NetworkDeploymentConfiguration.cs,
/// WirelessConfiguration.cs and Ethernet.cs, and the values that NetworkDeploymentManager.cs tells apart. nanoff ignores what it
/// does not know, so that a misspelled name would never show there.
/// </summary>
[TestClass]
public class DeviceTemplateTests
{
    private static readonly string[] FilesFields = ["SerialPort", "Files"];
    private static readonly string[] FileFields = ["DestinationFilePath", "SourceFilePath"];
    private static readonly string[] NetworkFields =
    [
        "SerialPort", "WirelessClient", "WirelessAccessPoint", "Ethernet",
        "DeviceCertificates", "DeviceCertificatesPath", "CACertificates", "CACertificatesPath",
    ];

    private static readonly string[] WirelessFields =
    [
        "Ssid", "Password", "Authentication", "Encryption", "ConfigurationOption", "RadioType", "DhcpEnabled", "AutomaticDNS",
        "IPv4Address", "IPv4NetMask", "IPv4Gateway", "IPv4DNSAddress1", "IPv4DNSAddress2", "MacAddress",
    ];

    private static readonly string[] Authentications = ["EAP", "PEAP", "WCN", "Open", "Shared", "WEP", "WPA", "WPA2", "None"];
    private static readonly string[] Encryptions = ["WEP", "WPA", "WPA2", "WPA_PSK", "WPA2_PSK2", "Certificate", "None"];
    private static readonly string[] Options = ["None", "Disable", "Enable", "AutoConnect", "SmartConfig"];

    [TestMethod]
    [DataRow("files.esp32.json", "ESP32_S3_QUAD")]
    [DataRow("files.pico.json", "PICO_RP2040_W")]
    public void FilesAreAsNanoffReadsThemAndAsTheyAreWritten(string file, string target)
    {
        string text = Template(file);
        JsonObject document = Parse(text);

        MustKnow(FilesFields, document);
        foreach (JsonNode? entry in document["Files"]!.AsArray())
        {
            MustKnow(FileFields, entry!);
        }

        Assert.IsTrue(JsonNode.DeepEquals(Parse(DeviceFiles.MakeFiles(BoardTarget.Find(target), "COM9")), document), text);
    }

    [TestMethod]
    public void NetworkIsAsNanoffReadsItAndAsItIsWritten()
    {
        JsonObject document = Parse(Template("network.json"));
        JsonNode client = document["WirelessClient"]!;

        MustKnow(NetworkFields, document);
        MustKnow(WirelessFields, client);
        Assert.Contains(client["Authentication"]!.GetValue<string>(), Authentications);
        Assert.Contains(client["Encryption"]!.GetValue<string>(), Encryptions);
        Assert.Contains(client["ConfigurationOption"]!.GetValue<string>(), Options);
        JsonObject written = Parse(DeviceFiles.MakeNetwork("COM9", client["Ssid"]!.GetValue<string>(), client["Password"]!.GetValue<string>()));
        Assert.IsTrue(JsonNode.DeepEquals(written, document));
    }

    [TestMethod]
    public void WhatIsWrittenForAnOpenNetworkIsKnownToo()
    {
        JsonNode client = Parse(DeviceFiles.MakeNetwork("COM9", "open", ""))["WirelessClient"]!;

        Assert.Contains(client["Authentication"]!.GetValue<string>(), Authentications);
        Assert.Contains(client["Encryption"]!.GetValue<string>(), Encryptions);
    }

    private static string Template(string file)
    {
        return File.ReadAllText(Repository.PathOf($"deploy/device/{file}"));
    }

    private static JsonObject Parse(string text)
    {
        // As strict as nanoff: no comments, no trailing commas.
        return JsonSerializer.Deserialize<JsonObject>(text)!;
    }

    private static void MustKnow(string[] fields, JsonNode node)
    {
        foreach ((string name, JsonNode? _) in node.AsObject())
        {
            Assert.Contains(name, fields);
        }
    }
}
