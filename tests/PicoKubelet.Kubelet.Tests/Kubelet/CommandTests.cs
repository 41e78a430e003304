using System;
using System.Threading;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class CommandTests
{
    [TestMethod]
    [DataRow("", "body: not JSON: cut short at byte 0")]
    [DataRow("[]", "body: must be a JSON object")]
    [DataRow("{\"command\":", "body: not JSON: cut short at byte 11")]
    [DataRow("{\"command\":\"reboot\"} x", "body: not JSON: end expected at byte 21")]
    [DataRow("{}", "command: is missing")]
    [DataRow("{\"command\":5}", "command: must be blink_led, set_pin, reboot or reload_config")]
    [DataRow("{\"command\":\"dance\"}", "command: must be blink_led, set_pin, reboot or reload_config")]
    [DataRow("{\"command\":\"reboot\",\"when\":1}", "when: is not known")]
    [DataRow("{\"command\":\"reboot\",\"params\":1}", "params: must be an object")]
    [DataRow("{\"command\":\"reboot\",\"params\":{\"x\":1}}", "params.x: is not known")]
    [DataRow("{\"command\":\"reboot\",\"params\":{\"times\":1}}", "params.times: is not a parameter of reboot")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"times\":0}}", "params.times: must be a whole number from 1 to 20")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"times\":21}}", "params.times: must be a whole number from 1 to 20")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"times\":1.5}}", "params.times: must be a whole number from 1 to 20")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"delay_ms\":\"10\"}}", "params.delay_ms: must be a whole number from 10 to 1000")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"delay_ms\":9}}", "params.delay_ms: must be a whole number from 10 to 1000")]
    [DataRow("{\"command\":\"blink_led\",\"params\":{\"pin\":2}}", "params.pin: is not a parameter of blink_led")]
    [DataRow("{\"command\":\"set_pin\"}", "params.pin: is missing")]
    [DataRow("{\"command\":\"set_pin\",\"params\":{\"pin\":2}}", "params.level: is missing")]
    [DataRow("{\"command\":\"set_pin\",\"params\":{\"pin\":-1,\"level\":1}}", "params.pin: must be a whole number from 0 to 63")]
    [DataRow("{\"command\":\"set_pin\",\"params\":{\"pin\":9,\"level\":1}}", "params.pin: is not free on this board")]
    [DataRow("{\"command\":\"set_pin\",\"params\":{\"pin\":2,\"level\":\"up\"}}", "params.level: must be high, low, 1 or 0")]
    [DataRow("{\"command\":\"set_pin\",\"params\":{\"pin\":2,\"level\":2}}", "params.level: must be high, low, 1 or 0")]
    public void An_error_names_the_field(string body, string error)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        string answer = kubelet.Command(body);

        Assert.AreEqual("{\"error\":\"" + error + "\",\"code\":400}", KubeletHarness.BodyOf(answer));
    }

    [TestMethod]
    public void What_the_board_does_not_have_is_not_implemented()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Pins.HasLed = false;

        Assert.AreEqual(501, KubeletHarness.StatusOf(kubelet.Command("{\"command\":\"blink_led\"}")));
    }

    [TestMethod]
    [DataRow("GET")]
    [DataRow("HEAD")]
    [DataRow("PUT")]
    public void Commands_are_posted(string method)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        string answer = kubelet.Serve(method + " /pico/command HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.AreEqual(405, KubeletHarness.StatusOf(answer));
        Assert.Contains("\r\nAllow: POST\r\n", answer);
    }

    [TestMethod]
    public void A_log_that_fails_does_not_keep_the_next_command_out()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Node.Log.Failure = new InvalidOperationException("disk full");

        for (int level = 0; level < 4; level++)
        {
            Run(kubelet, "{\"command\":\"set_pin\",\"params\":{\"pin\":2,\"level\":" + (level % 2).ToString() + "}}");
            Assert.AreEqual(level % 2 == 1, kubelet.Pins.LastLevel);
        }
    }

    [TestMethod]
    public void A_command_that_throws_is_told_and_does_not_keep_the_next_one_out()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Pins.FailingPin = 2;
        kubelet.Pins.LedFails = true;

        Assert.Contains("\"name\":\"set_pin\",\"state\":\"failed\",\"error\":\"does not answer\"", Run(kubelet, "{\"command\":\"set_pin\",\"params\":{\"pin\":2,\"level\":1}}"));
        Assert.Contains("\"name\":\"blink_led\",\"state\":\"failed\",\"error\":\"does not answer\"", Run(kubelet, "{\"command\":\"blink_led\"}"));
        kubelet.Pins.LedFails = false;
        Assert.Contains("\"name\":\"blink_led\",\"state\":\"done\"", Run(kubelet, "{\"command\":\"blink_led\",\"params\":{\"times\":1,\"delay_ms\":10}}"));
    }

    [TestMethod]
    public void A_pin_that_somebody_holds_is_not_set()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Context.Outputs.Pins.Claim(1UL << 2, "default/a").Write(2, true);

        Assert.AreEqual(409, KubeletHarness.StatusOf(kubelet.Command("{\"command\":\"set_pin\",\"params\":{\"pin\":2,\"level\":0}}")));

        Assert.IsTrue(kubelet.Pins.LastLevel);
        Assert.Contains("{\"pin\":2,\"mode\":\"output\",\"level\":\"high\",\"owner\":\"default/a\"}", kubelet.Get("/pico/gpio", KubeletHarness.Authorization));
    }

    [TestMethod]
    public void Whether_the_ConfigMap_or_a_command_has_set_a_pin_is_told()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Context.Outputs.WritePin(2, true);
        kubelet.Context.Outputs.WritePin(3, true);

        Run(kubelet, "{\"command\":\"set_pin\",\"params\":{\"pin\":3,\"level\":0}}");

        Assert.Contains(
            "\"pins\":[{\"pin\":2,\"mode\":\"output\",\"level\":\"high\",\"owner\":\"configmap\"},{\"pin\":3,\"mode\":\"output\",\"level\":\"low\",\"owner\":\"command\"}]",
            kubelet.Get("/pico/gpio", KubeletHarness.Authorization));
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The status that tells of it.</returns>
    private static string Run(KubeletHarness kubelet, string command)
    {
        Assert.AreEqual(202, KubeletHarness.StatusOf(kubelet.Command(command)));
        string status = kubelet.Get("/pico/status", KubeletHarness.Authorization);
        while (status.Contains("\"state\":\"running\""))
        {
            Thread.Sleep(1);
            status = kubelet.Get("/pico/status", KubeletHarness.Authorization);
        }

        return status;
    }
}
