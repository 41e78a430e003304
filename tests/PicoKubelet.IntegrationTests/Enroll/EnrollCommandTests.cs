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
    [DataRow("a --target ESP32 --output b --wifi-ssid 0123456789012345678901234567890ab", "32 bytes")]
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
