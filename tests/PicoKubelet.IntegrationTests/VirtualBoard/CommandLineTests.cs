using System.CommandLine;
using System.Text.Json.Nodes;
using PicoKubelet.Hardware;
using PicoKubelet.IntegrationTests.Kubelet;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class CommandLineTests
{
    [TestMethod]
    public void WithoutOptionsOneBoardJoinsTheEmbeddedApiServer()
    {
        RunOptions options = Read("");

        Assert.IsNull(options.Cluster);
        Assert.IsNull(options.Port);
        CollectionAssert.AreEqual(new[] { "pico-node-1" }, options.Names.ToArray());
        Assert.AreEqual(BoardModels.Default, options.Board);
    }

    [TestMethod]
    [DataRow("--boards 2", "pico-node-1 pico-node-2")]
    [DataRow("--name shed", "shed")]
    [DataRow("--name shed --boards 2", "shed-1 shed-2")]
    public void BoardsAreNamed(string arguments, string names)
    {
        Assert.AreEqual(names, string.Join(' ', Read(arguments).Names));
    }

    [TestMethod]
    public void AnApiServerIsJoinedWithItsToken()
    {
        RunOptions options = Read("--api-server https://127.0.0.1:6443 --token secret");

        Assert.AreEqual(new Uri("https://127.0.0.1:6443"), options.Cluster!.Server);
        Assert.AreEqual("secret", options.Cluster.Token);
        Assert.DoesNotContain("secret", options.Cluster.ToString());
    }

    [TestMethod]
    public void SettingsChooseClusterAndNameUnlessAnOptionDoes()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("settings.json", """{"nodeName":"shed","apiServer":"http://127.0.0.1:8001","token":"secret"}""");

        RunOptions options = Read("--settings " + file);
        Assert.AreEqual(new Uri("http://127.0.0.1:8001"), options.Cluster!.Server);
        Assert.AreEqual("secret", options.Cluster.Token);
        Assert.AreEqual("shed", options.Names[0]);

        Assert.AreEqual("barn", Read($"--settings {file} --name barn").Names[0]);
    }

    [TestMethod]
    [DataRow("a", null)]
    [DataRow("b", "clientCertificate: is for another node than nodeName")]
    public void SettingsWithANodesCertificateAreThoseOfThatNode(string name, string? fault)
    {
        using var folder = new TemporaryFolder();
        TestCertificates certificates = new();
        (string certificate, string key) = certificates.MakeServing();
        string file = folder.Write("settings.json", new JsonObject
        {
            ["nodeName"] = name,
            ["apiServer"] = "https://127.0.0.1:6443",
            ["ca"] = certificates.CaPem,
            ["clientCertificate"] = certificate,
            ["clientKey"] = key,
        }.ToJsonString());

        if (fault is null)
        {
            Assert.AreEqual(name, Read("--settings " + file).Names[0]);
        }
        else
        {
            Assert.Contains(fault, Assert.ThrowsExactly<CommandException>(() => Read("--settings " + file)).Message);
        }
    }

    [TestMethod]
    [DataRow("ESP32_S3_ALL", "", "esp32-s3")]
    [DataRow("PICO2_RP2350_W", "", "pico-2-w")]
    [DataRow("PICO2_RP2350_W", " --board esp32", "esp32")]
    [DataRow("ST_STM32F769I_DISCOVERY", "", "pico-w")]
    [DataRow(null, "", "pico-w")]
    public void TheBoardIsTheOneThatTheSettingsWereMadeForUnlessAnOptionSaysOtherwise(string? target, string option, string expected)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("settings.json", target is null ? """{"apiServer":"http://127.0.0.1:8001"}""" : $$"""{"apiServer":"http://127.0.0.1:8001","target":"{{target}}"}""");

        Assert.AreEqual(expected, BoardProfiles.ForTarget(BoardModels.Find(Read($"--settings {file}{option}").Board).TargetName).Name);
    }

    [TestMethod]
    public void A_name_in_the_settings_is_not_blamed_on_an_option()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("settings.json", """{"nodeName":"Shed"}""");

        Assert.StartsWith("--settings: nodeName must be lower-case", Assert.ThrowsExactly<CommandException>(() => Read("--settings " + file)).Message);
        Assert.StartsWith("--name: must be lower-case", Assert.ThrowsExactly<CommandException>(() => Read($"--settings {file} --name Barn")).Message);
    }

    [TestMethod]
    public void A_board_that_is_given_its_settings_is_one_with_an_access_point()
    {
        RunOptions options = Read("--provision --provision-port 9000");

        Assert.IsTrue(options.Provisions);
        Assert.AreEqual(9000, options.ProvisioningPort);
        Assert.AreEqual(BoardModels.DefaultWithAccessPoint, options.Board);
        Assert.IsFalse(Read("").Provisions);
    }

    [TestMethod]
    public void EventsHaveTheirTimes()
    {
        IReadOnlyList<ScheduledEvent> events = Read("--at 10s=wifi-lost --at 2m=quit").Events;

        Assert.AreEqual(new ScheduledEvent(TimeSpan.FromSeconds(10), BoardEvents.WifiLost), events[0]);
        Assert.AreEqual(new ScheduledEvent(TimeSpan.FromMinutes(2), null), events[1]);
    }

    [TestMethod]
    [DataRow("--boards 0", "--boards", "1 to 10000")]
    [DataRow("--boards x", "--boards", "1 to 10000")]
    [DataRow("--board toaster", "--board", "pico-w")]
    [DataRow("--name Shed", "--name", "lower-case")]
    [DataRow("--address 1.2.3", "--address", "IPv4")]
    [DataRow("--mode often", "--mode", "lease or status")]
    [DataRow("--lease-seconds 21", "--lease-seconds", "1 to 20")]
    [DataRow("--port 65536", "--port", "1 to 65535")]
    [DataRow("--provision-port 0", "--provision-port", "1 to 65535")]
    [DataRow("--provision --board pico-w", "--board", "only an ESP32")]
    [DataRow("--provision --mode lease", "--mode", "together with --provision")]
    [DataRow("--at 10s", "--at", "TIME=EVENT")]
    [DataRow("--at 10=reboot", "--at", "TIME=EVENT")]
    [DataRow("--at 10s=dance", "--at", "reboot")]
    [DataRow("--api-server ftp://a", "--api-server", "https://192.168.1.10:6443")]
    [DataRow("--api-server https://a:6443", "--api-server", "--token")]
    [DataRow("--api-server http://a:1 --https", "--https", "--api-server")]
    [DataRow("--kubeconfig a --api-server http://a:1", "--api-server", "--kubeconfig")]
    [DataRow("--token a --token-file b --api-server http://a:1", "--token", "--token-file")]
    [DataRow("--token secret", "--token", "--api-server")]
    [DataRow("--context a", "--context", "--kubeconfig")]
    [DataRow("--settings /nowhere", "--settings", "/nowhere")]
    [DataRow("--ca /nowhere --api-server http://a:1", "--ca", "/nowhere")]
    public void WhatIsWrongIsNamedWithWhatItMustBe(string arguments, string option, string expected)
    {
        var exception = Assert.ThrowsExactly<CommandException>(() => Read(arguments));

        Assert.StartsWith(option + ": ", exception.Message);
        Assert.Contains(expected, exception.Message);
        Assert.DoesNotContain("secret", exception.Message);
    }

    private static RunOptions Read(string arguments)
    {
        var options = new BoardCommandOptions();
        var command = new RootCommand();
        options.AddTo(command);
        return options.Read(command.Parse(arguments));
    }
}
