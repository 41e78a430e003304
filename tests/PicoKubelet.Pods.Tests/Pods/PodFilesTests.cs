using nanoFramework.TestFramework;
using PicoKubelet.Text;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;

namespace PicoKubelet.Tests.Pods;

/// <summary>ConfigMaps that a container mounts, as its program sees them.</summary>
[TestClass]
public class PodFilesTests
{
    private const string Ok = "{\"metadata\":{}}";
    // Immutable, so that it is not asked for again.
    private const string Program = "{\"metadata\":{\"uid\":\"p\",\"resourceVersion\":\"1\"},\"immutable\":true,\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Files + "\"}}";
    private const string Settings = "{\"name\":\"settings\",\"mountPath\":\"/etc/app/\"}";
    private const string SettingsVolume = "{\"name\":\"settings\",\"configMap\":{\"name\":\"settings\"}}";
    private const string PathOfSettings = "GET /api/v1/namespaces/default/configmaps/settings HTTP/1.1";

    // The descriptors of /app and /etc/app; the names of files.wat, and of its cells.
    private const int App = 3;
    private const int EtcApp = 4;
    private const int Conf = 0;
    private const int Big = 1;
    private const int Late = 2;
    private const int Wasm = 3;
    private const int Folders = 4;

    [TestMethod]
    public void Keys_are_files_of_the_folder_that_they_are_mounted_at()
    {
        PodHarness pods = Start(Map("7", "\"app.conf\":\"limit=20\\n\",\"late.txt\":\"\""));
        Assert.AreEqual(2, (int)pods.Context.Cells[Folders]);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Assert.AreEqual(0, Open(pods, EtcApp, Late));
        Assert.AreEqual(44, Open(pods, EtcApp, Wasm));
        Assert.AreEqual(44, Open(pods, App, Conf));
        Assert.AreEqual("limit=20\n\n\n", PodHarness.TextOf(pods.Container.Log));

        // Of the program's own ConfigMap the program is a file too, a small one here.
        Assert.AreEqual(0, Open(pods, App, Wasm));
    }

    [TestMethod]
    public void Large_ConfigMap_costs_no_more_than_its_small_keys()
    {
        string big = "\"big\":\"" + new string('x', 12000) + "\"";
        PodHarness pods = Start("{\"metadata\":{\"resourceVersion\":\"7\"},\"data\":{" + big + ",\"app.conf\":\"small\"},\"binaryData\":{\"late.txt\":\"aGkh\",\"huge\":\""
            + new string('A', 8000) + "\"}}");
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Assert.AreEqual(22, Open(pods, EtcApp, Big));
        Assert.AreEqual(0, Open(pods, EtcApp, Late));
        Assert.AreEqual("small\nhi!\n", PodHarness.TextOf(pods.Container.Log));
    }

    [TestMethod]
    public void Files_past_the_bound_of_their_number_or_their_sum_are_too_large()
    {
        string many = "";
        for (int i = 0; i < 8; i++)
        {
            many += "\"f" + i.ToString() + "\":\"\",";
        }

        PodHarness pods = Start(Map("7", many + "\"app.conf\":\"ninth\""));
        Assert.AreEqual(22, Open(pods, EtcApp, Conf));
        Assert.AreEqual(44, Open(pods, App, Conf));

        string kilobyte = new string('x', 1024);
        pods = Start(Map("7", "\"a\":\"" + kilobyte + "\",\"b\":\"" + kilobyte + "\",\"c\":\"" + kilobyte + "\",\"app.conf\":\"fits\",\"big\":\"" + kilobyte + "\",\"late.txt\":\"x\""));
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Assert.AreEqual(22, Open(pods, EtcApp, Big));
        Assert.AreEqual(0, Open(pods, EtcApp, Late));
    }

    [TestMethod]
    public void Change_is_seen_at_the_next_opening_within_a_minute_and_nothing_new_costs_the_metadata_alone()
    {
        PodHarness pods = Start(Map("7", "\"app.conf\":\"old\""), Version("7"), Version("8"), Map("8", "\"app.conf\":\"new\""), Version("8"));
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        int asked = pods.Connection.Writes;
        Look(pods, 39000);
        Assert.AreEqual(asked, pods.Connection.Writes);
        Look(pods, 12000);
        Assert.AreEqual(asked + 1, pods.Connection.Writes);
        Assert.Contains("PartialObjectMetadata", pods.Connection.Sent);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Look(pods, 51000);
        Assert.AreEqual(asked + 3, pods.Connection.Writes);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Assert.AreEqual("old\nold\nnew\n", PodHarness.TextOf(pods.Container.Log));
        Look(pods, 51000);
        Assert.AreEqual(asked + 4, pods.Connection.Writes);
    }

    [TestMethod]
    public void Immutable_ConfigMap_and_a_single_key_are_not_asked_for_again()
    {
        PodHarness pods = new PodHarness(
            Replies.Ok(Program),
            Replies.Ok("{\"metadata\":{\"resourceVersion\":\"1\"},\"immutable\":true,\"data\":{}}"),
            Replies.Ok(Map("7", "\"other\":\"x\",\"app.conf\":\"one\"")),
            Replies.Ok(Ok),
            Replies.Ok(Ok));
        Begin(pods, "{\"name\":\"settings\",\"mountPath\":\"/etc/app/big\",\"subPath\":\"app.conf\"}", SettingsVolume);
        Assert.AreEqual(0, Open(pods, EtcApp, Big));
        Assert.AreEqual(44, Open(pods, EtcApp, Conf));
        int asked = pods.Connection.Writes;
        Look(pods, 3600 * 1000);
        Assert.AreEqual(asked, pods.Connection.Writes);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void What_is_mounted_into_one_folder_is_found_there()
    {
        PodHarness pods = new PodHarness(
            Replies.Ok(Program), Replies.Ok(Program), Replies.Ok(Map("7", "\"app.conf\":\"one\"")), Replies.Ok(Map("8", "\"late.txt\":\"two\"")), Replies.Ok(Ok), Replies.Ok(Ok));
        Begin(pods, Settings + ",{\"name\":\"more\",\"mountPath\":\"/etc/app/late.txt\",\"subPath\":\"late.txt\"}", SettingsVolume + ",{\"name\":\"more\",\"configMap\":{\"name\":\"more\"}}");
        Assert.AreEqual(2, (int)pods.Context.Cells[Folders]);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
        Assert.AreEqual(0, Open(pods, EtcApp, Late));
        Assert.AreEqual("one\ntwo\n", PodHarness.TextOf(pods.Container.Log));
    }

    [TestMethod]
    public void Container_waits_for_a_ConfigMap_that_is_missing()
    {
        PodHarness pods = new PodHarness(
            Replies.Ok(Program), Replies.Ok(Program), Replies.Failure("404 Not Found", "NotFound", "gone"), Replies.Ok(Ok),
            Replies.Ok(Program), Replies.Ok(Map("7", "\"app.conf\":\"here\"")), Replies.Ok(Ok), Replies.Ok(Ok));
        Apply(pods, Settings, SettingsVolume);
        pods.Duty.Do();
        pods.Step(4);
        Assert.AreEqual("CreateContainerConfigError", pods.Container.State.Reason);
        Assert.AreEqual("configmap \"settings\" not found", pods.Container.State.Message);

        // What was read of the others is kept.
        Look(pods, 1000);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
    }

    [TestMethod]
    public void Optional_ConfigMap_may_come_later()
    {
        PodHarness pods = new PodHarness(
            Replies.Ok(Program), Replies.Ok(Program), Replies.Failure("404 Not Found", "NotFound", "gone"), Replies.Ok(Ok), Replies.Ok(Ok),
            Replies.Ok(Map("7", "\"app.conf\":\"here\"")));
        Begin(pods, Settings, "{\"name\":\"settings\",\"configMap\":{\"name\":\"settings\",\"optional\":true}}");
        Assert.AreEqual(44, Open(pods, EtcApp, Conf));
        Look(pods, 51000);
        Assert.AreEqual(0, Open(pods, EtcApp, Conf));
    }

    [TestMethod]
    public void Program_that_opens_no_files_has_none_transferred()
    {
        PodHarness pods = new PodHarness(Replies.Ok("{\"binaryData\":{\"blink.wasm\":\"" + TestPrograms.Polite + "\"}}"), Replies.Ok(Ok), Replies.Ok(Ok));
        Begin(pods, Settings, SettingsVolume);
        Assert.AreEqual("Running", pods.Pod.Phase);
        Assert.DoesNotContains(PathOfSettings, pods.Connection.Sent);
        Assert.AreEqual(int.MaxValue, pods.Duty.UntilDue());
    }

    [TestMethod]
    public void After_a_power_cut_the_program_runs_and_waits_with_its_first_file()
    {
        PodHarness first = new PodHarness(
            Replies.Ok(Program), Replies.Ok(Program), Replies.Ok(Map("7", "\"app.conf\":\"old\"")), Replies.Ok(Ok), Replies.Ok(Ok));
        FakeFiles files = new FakeFiles();
        first.KeepPods(files);
        Begin(first, Settings, SettingsVolume);
        Look(first, 1);
        Look(first, 1);

        PodHarness second = new PodHarness(false, Replies.Ok(Ok), Replies.Ok(Program), Replies.Ok(Map("8", "\"app.conf\":\"new\"")), Replies.Ok(Ok));
        second.KeepPods(files);
        second.Context.Cells[0] = 1;
        second.Context.Cells[2] = EtcApp;
        second.Pass(100);
        second.Pass(1000);
        Assert.AreEqual("Running", second.Pod.Phase);
        Assert.AreEqual(2, (int)second.Context.Cells[Folders]);
        Assert.AreEqual(1, (int)second.Context.Cells[0]);
        Look(second, 1);
        second.Pass(200);
        Assert.AreEqual(0, (int)second.Context.Cells[0]);
        Assert.AreEqual("new\n", PodHarness.TextOf(second.Container.Log));
    }

    [TestMethod]
    [DataRow("404 Not Found", "NotFound", "configmap \\\"settings\\\" not found")]
    [DataRow("403 Forbidden", "Forbidden", "no relationship found")]
    public void After_a_power_cut_what_is_refused_is_told_once_and_asked_for_ever_more_seldom(string status, string reason, string words)
    {
        PodHarness first = new PodHarness(
            Replies.Ok(Program), Replies.Ok(Program), Replies.Ok(Map("7", "\"app.conf\":\"old\"")), Replies.Ok(Ok), Replies.Ok(Ok));
        FakeFiles files = new FakeFiles();
        first.KeepPods(files);
        Begin(first, Settings, SettingsVolume);
        Look(first, 1);
        Look(first, 1);

        string refused = Replies.Failure(status, reason, "no relationship found");
        PodHarness second = new PodHarness(
            Replies.Ok(Ok), Replies.Ok(Program), refused, refused, refused, refused, Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Ok), Replies.Ok(Ok));
        second.KeepPods(files);
        second.Step(6);
        int asked = -1;
        for (int i = 0; i < 40; i++)
        {
            Look(second, 1000);
            second.Pass(0);
        }
        // After 5, 10 and 20 s.
        string sent = second.Connection.Sent;
        for (int at = 0; at >= 0; at = sent.IndexOf(PathOfSettings, at + 1))
        {
            asked++;
        }

        Assert.AreEqual(4, asked);
        Assert.AreEqual("Running", second.Pod.Phase);
        while (second.Events.HasPending)
        {
            Assert.IsTrue(second.Events.Send().IsOk);
        }

        Assert.Contains("\"reason\":\"FailedMount\"", second.Connection.Sent);
        Assert.Contains(words, second.Connection.Sent);
    }

    /// <summary>A pod whose program reads files, and that mounts its program at /app and other files at /etc/app.</summary>
    private static PodHarness Start(string settings, params string[] more)
    {
        string[] replies = Strings.NewArray(more.Length + 5);
        replies[0] = Replies.Ok(Program);
        replies[1] = Replies.Ok(Program);
        replies[2] = Replies.Ok(settings);
        replies[3] = Replies.Ok(Ok);
        replies[4] = Replies.Ok(Ok);
        for (int i = 0; i < more.Length; i++)
        {
            replies[i + 5] = Replies.Ok(more[i]);
        }

        PodHarness pods = new PodHarness(replies);
        Begin(pods, Settings, SettingsVolume);
        Assert.AreEqual("Running", pods.Pod.Phase);
        return pods;
    }

    private static void Apply(PodHarness pods, string mounts, string volumes)
    {
        string container = PodText.Swap(PodText.Container, "\"volumeMounts\":[", "\"volumeMounts\":[{\"name\":\"app\",\"mountPath\":\"/app\"}," + mounts + "],\"ignored\":[");
        pods.Apply(PodText.Of(container, volumes: PodText.Volumes + "," + volumes));
    }

    private static void Begin(PodHarness pods, string mounts, string volumes)
    {
        Apply(pods, mounts, volumes);
        pods.Duty.Do();
        pods.Step(10);
        Look(pods, 1);
    }

    /// <summary>Lets time pass, and has the duty do what is due.</summary>
    private static void Look(PodHarness pods, long milliseconds)
    {
        pods.Clock.Advance(milliseconds);
        for (int i = 0; i < 8 && pods.Duty.UntilDue() == 0; i++)
        {
            pods.Duty.Do();
            pods.Step(1);
        }
    }

    /// <returns>What path_open gave.</returns>
    private static int Open(PodHarness pods, int folder, int name)
    {
        pods.Context.Cells[1] = 255;
        pods.Context.Cells[2] = (byte)folder;
        pods.Context.Cells[3] = (byte)name;
        pods.Context.Cells[0] = 1;
        pods.Pass(101);
        Assert.AreEqual(0, (int)pods.Context.Cells[0]);
        return pods.Context.Cells[1];
    }

    private static string Map(string version, string data)
    {
        return "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings\",\"uid\":\"u\",\"resourceVersion\":\"" + version + "\"},\"data\":{" + data + "}}";
    }

    private static string Version(string version)
    {
        return "{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"" + version + "\"}}";
    }
}
