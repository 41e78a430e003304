using nanoFramework.TestFramework;
using PicoKubelet.Programs;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>What programs report by themselves: gauges, counters and Events.</summary>
[TestClass]
public class PodReportsTests
{
    // The cells of reports.wat.
    private const int FirstName = 4;
    private const int SecondGauge = 11;
    private const int FirstEvent = 15;
    private const int SetsNoGauge = 41;
    private const int Ends = 42;

    private const string Ok = "{\"metadata\":{}}";

    [TestMethod]
    public void Gauges_and_counters_are_kept_and_what_is_wrong_with_one_is_answered()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(), TestPrograms.Blink);
        Assert.IsNull(pods.Container.Reports);

        pods = Start();
        Assert.AreEqual("0 0 28 28", Cells(pods, 0, FirstName));
        Assert.AreEqual("28 28 28 28 28 21 21", Cells(pods, FirstName, SecondGauge));
        Assert.AreEqual("0 0 51 0", Cells(pods, SecondGauge, FirstEvent));
        Assert.AreEqual(
            "temp=-1500 opens_total=2500! opens_total=7 g0=1 g1=1 g2=1 g3=9 a23456789_123456789_123456789_12=1", Shown(pods));
    }

    [TestMethod]
    public void Counters_go_on_when_the_program_is_started_again_and_gauges_are_shown_once_they_are_set_again()
    {
        PodHarness pods = Start();
        pods.Context.Cells[SetsNoGauge] = 1;
        pods.Context.Cells[Ends] = 1;
        pods.Pass(200);
        pods.Context.Cells[Ends] = 0;
        pods.Step(20);

        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual(1, pods.Container.RestartCount);
        Assert.StartsWith("opens_total=5000! opens_total=7 g0=1", Shown(pods));

        pods.Context.Cells[SetsNoGauge] = 0;
        pods.Context.Cells[Ends] = 1;
        pods.Pass(200);
        pods.Context.Cells[Ends] = 0;
        pods.Pass(10000);
        pods.Step(20);
        Assert.StartsWith("temp=-1500 opens_total=7500!", Shown(pods));
    }

    [TestMethod]
    public void Event_is_about_the_container_and_the_next_one_waits_until_it_was_told()
    {
        PodHarness pods = Start(Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Ok));
        Assert.AreEqual("0 6 28 28 28 28 28 28 21", Cells(pods, FirstEvent, FirstEvent + 9));
        while (pods.Events.HasPending)
        {
            Assert.IsTrue(pods.Events.Send().IsOk);
        }

        Assert.Contains("POST /api/v1/namespaces/default/events HTTP/1.1", pods.Connection.Sent);
        Assert.Contains(
            "\"name\":\"blink\",\"uid\":\"" + PodText.Uid + "\",\"fieldPath\":\"spec.containers{main}\"},\"type\":\"Normal\",\"reason\":\"DoorOpened\",\"message\":\"at \u00e9\",",
            pods.Connection.Sent);
    }

    [TestMethod]
    public void No_Event_is_told_while_there_is_no_time_of_day()
    {
        PodHarness pods = new PodHarness(false);
        pods.Run(PodText.Of(), TestPrograms.Reports);
        pods.Step(20);
        Assert.AreEqual(6, (int)pods.Context.Cells[FirstEvent]);
        Assert.IsFalse(pods.Events.HasPending);
    }

    [TestMethod]
    public void Program_reads_what_the_boards_configuration_has_for_it()
    {
        PodHarness pods = new PodHarness();
        pods.Configure("\"program.limit\":\"21.5 \u00b0C, or so\"");
        pods.Run(PodText.Of(spec: ",\"restartPolicy\":\"Never\""), TestPrograms.Config);
        pods.Step(4);

        Assert.AreEqual("Succeeded", pods.Pod.Phase);
        Assert.AreEqual("15 212 212 212 15 235 235 228 228", Cells(pods, 0, 9));
        Assert.StartsWith("21.5 \u00b0C", PodHarness.TextOf(pods.Container.Log));
    }

    [TestMethod]
    public void Without_a_value_for_it_a_program_is_told_that_there_is_none()
    {
        PodHarness pods = new PodHarness();
        pods.Run(PodText.Of(spec: ",\"restartPolicy\":\"Never\""), TestPrograms.Config);
        Assert.AreEqual("212 212", Cells(pods, 0, 2));
    }

    private static PodHarness Start(params string[] replies)
    {
        PodHarness pods = new PodHarness(replies);
        pods.Run(PodText.Of(), TestPrograms.Reports);
        pods.Step(20);
        Assert.AreEqual("Running", pods.Pod.Phase);
        return pods;
    }

    private static string Cells(PodHarness pods, int first, int end)
    {
        string text = "";
        for (int i = first; i < end; i++)
        {
            text += (i == first ? "" : " ") + pods.Context.Cells[i].ToString();
        }

        return text;
    }

    /// <summary>What is to be told, counters with an exclamation mark.</summary>
    private static string Shown(PodHarness pods)
    {
        ProgramReports reports = pods.Container.Reports;
        string text = "";
        for (int i = 0; i < reports.Count; i++)
        {
            if (reports.IsShown(i))
            {
                text += (text.Length == 0 ? "" : " ") + reports.NameOf(i) + "=" + reports.Thousandths(i).ToString() + (reports.IsCounter(i) ? "!" : "");
            }
        }

        return text;
    }
}
