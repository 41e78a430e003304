using System;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class LogsTests
{
    private const string Listing = "<pre>\n<a href=\"board.log\">board.log</a>\n</pre>\n";

    [TestMethod]
    public void The_log_is_listed_and_served_with_its_times()
    {
        KubeletHarness kubelet = new KubeletHarness(new NodeHarness());
        kubelet.Logger.Info("before the clock");
        kubelet.Node.Run(1);
        kubelet.Logger.Warn("after it", "error", "no \"reply\"");

        string listed = Get(kubelet, "/logs/");
        Assert.Contains("Content-Type: text/html; charset=utf-8\r\n", listed);
        Assert.AreEqual(Listing, KubeletHarness.BodyOf(listed));
        Assert.AreEqual(Listing, KubeletHarness.BodyOf(Get(kubelet, "/logs")));
        string[] lines = KubeletHarness.BodyOf(Get(kubelet, "/logs/board.log")).Split('\n');
        Assert.AreEqual("level=info msg=\"before the clock\"", lines[0]);
        Assert.IsTrue(lines[1].StartsWith("time=20") && lines[1].EndsWith("Z level=warning msg=\"after it\" error=\"no \\\"reply\\\"\""), lines[1]);
        Assert.AreEqual(3, lines.Length);
    }

    [TestMethod]
    public void What_may_be_asked_of_a_containers_log_may_be_asked_of_it()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Logger.Info("one");
        kubelet.Node.Clock.Advance(60000);
        kubelet.Logger.Info("two");
        kubelet.Logger.Info("three");

        Assert.IsTrue(KubeletHarness.BodyOf(Get(kubelet, "/logs/board.log?tailLines=1")).EndsWith(" level=info msg=three\n"));
        Assert.AreEqual(2, KubeletHarness.BodyOf(Get(kubelet, "/logs/board.log?sinceSeconds=30")).Split('\n').Length - 1);
        Assert.AreEqual(11, KubeletHarness.BodyOf(Get(kubelet, "/logs/board.log?limitBytes=11&timestamps=1")).Length - "time=2026-01-23T10:30:00Z ".Length);
        Assert.AreEqual(400, KubeletHarness.StatusOf(Get(kubelet, "/logs/board.log?tailLines=x")));
    }

    [TestMethod]
    public void The_lines_before_a_reboot_are_the_previous_log()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logs/previous.log")));
        kubelet.Logger.Info("the last but one");
        kubelet.Context.Rebooter.Reboot("command");
        KubeletHarness started = new KubeletHarness(kubelet.Node);

        Assert.AreEqual("<pre>\n<a href=\"board.log\">board.log</a>\n<a href=\"previous.log\">previous.log</a>\n</pre>\n", KubeletHarness.BodyOf(Get(started, "/logs/")));
        string[] lines = KubeletHarness.BodyOf(Get(started, "/logs/previous.log")).Split('\n');
        Assert.IsTrue(lines[0].EndsWith(" level=info msg=\"the last but one\""), lines[0]);
        Assert.IsTrue(lines[1].EndsWith(" level=warning msg=rebooting reason=command"), lines[1]);
        Assert.AreEqual("", KubeletHarness.BodyOf(Get(started, "/logs/board.log")));
    }

    [TestMethod]
    public void A_torn_file_is_no_previous_log()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Context.Rebooter.Reboot("command");
        byte[] whole = kubelet.Node.Files.Get(LogFile.FileName);
        byte[] torn = new byte[whole.Length - 1];
        Array.Copy(whole, torn, torn.Length);
        kubelet.Node.Files.Put(LogFile.FileName, torn);

        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logs/previous.log")));
        Assert.AreEqual(Listing, KubeletHarness.BodyOf(Get(kubelet, "/logs/")));
    }

    [TestMethod]
    public void It_needs_the_token_also_where_everybody_may_read()
    {
        KubeletHarness kubelet = new KubeletHarness(NodeHarness.Registered(), KubeletHarness.Token, true);

        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Get("/pico/status")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/logs/")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/logs/board.log")));
    }

    [TestMethod]
    public void Other_names_are_no_files()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logs/boot.json")));
        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logs/../picokubelet.json")));
        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logs/board.log/x")));
        Assert.AreEqual(404, KubeletHarness.StatusOf(Get(kubelet, "/logsboard.log")));
    }

    [TestMethod]
    public void What_the_port_serves_is_not_in_it()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Logger.Info("something");
        for (int i = 0; i < 100; i++)
        {
            kubelet.Get("/healthz");
        }

        Assert.AreEqual(2, KubeletHarness.BodyOf(Get(kubelet, "/logs/board.log")).Split('\n').Length);
    }

    private static string Get(KubeletHarness kubelet, string target)
    {
        return kubelet.Get(target, KubeletHarness.Authorization);
    }
}
