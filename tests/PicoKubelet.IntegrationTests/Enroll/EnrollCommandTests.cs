using System.CommandLine;
using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Cli;

namespace PicoKubelet.IntegrationTests.Enroll;

[TestClass]
public class EnrollCommandTests
{
    [TestMethod]
    public void TheLeastThatIsNeeded()
    {
        EnrollOptions options = Read("pico-node-7 --target PICO_RP2040_W --output /boards/7");

        Assert.AreEqual("pico-node-7", options.Name);
        Assert.AreEqual(EnrollAction.Enroll, options.Action);
        Assert.AreEqual("8760h", options.TokenDuration);
        Assert.IsFalse(options.LongLivedToken);
        Assert.AreEqual(EnrollAction.Rotate, Read("a --rotate --output b").Action);
        Assert.AreEqual(EnrollAction.Remove, Read("a --remove").Action);
    }

    [TestMethod]
    [DataRow("Pico --remove", "lower-case")]
    [DataRow("a --rotate --remove", "contradict")]
    [DataRow("a --target ESP32", "--output is needed")]
    [DataRow("a --output b", "--target is needed")]
    [DataRow("a --rotate", "--output is needed")]
    [DataRow("a --target ESP32 --output b --api-server ftp://x", "https://192.168.1.10:6443")]
    [DataRow("a --target ESP32 --output b --wifi-password-file c", "--wifi-ssid")]
    [DataRow("a --target ESP32 --output b --wifi-ssid 01234567890123456789012345678901", "31 bytes")]
    [DataRow("a --target ESP32 --output b --wifi-second-password-file c", "--wifi-second-ssid")]
    [DataRow("a --rotate --output b --wifi-address 192.168.1.50", "--wifi-address has no meaning")]
    [DataRow("a --target ESP32 --output b --token-duration 5x", "8760h or 1h30m, not '5x'")]
    [DataRow("a --target ESP32 --output b --token-duration 9m", "at least 10m")]
    [DataRow("a --target ESP32 --output b --token-duration 9999999999999999h", "--token-duration")]
    [DataRow("a --target ESP32 --output b --kubeconfig /nowhere", "--kubeconfig: can not read /nowhere")]
    [DataRow("a --rotate --output b --api-server https://b:1", "--api-server has no meaning with --rotate")]
    [DataRow("a --rotate --output b --target ESP32", "--target has no meaning with --rotate")]
    [DataRow("a --rotate --output b --wifi-ssid c", "--wifi-ssid has no meaning")]
    [DataRow("a --rotate --output b --kubelet-token-file c", "--kubelet-token-file has no meaning")]
    [DataRow("a --rotate --output b --serial-port c", "--serial-port has no meaning")]
    [DataRow("a --rotate --output b --image c", "--image has no meaning")]
    [DataRow("a --remove --output b", "--output has no meaning with --remove, which takes --kubeconfig, --context")]
    [DataRow("a --remove --long-lived-token", "--long-lived-token has no meaning")]
    [DataRow("a --target ESP32 --output b --long-lived-token --token-duration 1h", "contradict")]
    public void WhatIsWrongIsSaid(string arguments, string expected)
    {
        Assert.Contains(expected, Assert.ThrowsExactly<EnrollException>(() => Read(arguments)).Message);
    }

    [TestMethod]
    public void ThereIsNoOptionForASecret()
    {
        RootCommand command = [];
        new EnrollCommandOptions().AddTo(command);

        string[] secret = [.. command.Options.Select(option => option.Name).Where(name => name.EndsWith("-password", StringComparison.Ordinal) || name.EndsWith("token", StringComparison.Ordinal))];

        CollectionAssert.AreEqual(new[] { "--long-lived-token" }, secret);
    }

    private static EnrollOptions Read(string arguments)
    {
        RootCommand command = [];
        var options = new EnrollCommandOptions();
        options.AddTo(command);
        return options.Read(command.Parse(arguments));
    }
}
