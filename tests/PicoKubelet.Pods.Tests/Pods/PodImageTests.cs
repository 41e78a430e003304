using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Images;
using PicoKubelet.Text;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class PodImageTests
{
    private const string Ok = "{\"metadata\":{}}";
    private const string Unknown = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";

    // No module: a device's strings end at a zero byte, with which each begins.
    private const string Module = "no module, as it turns out";

    [TestMethod]
    public void Image_IsPulledInSteps_AndStarted()
    {
        PodHarness pods = MakePods();
        FakeConnector registry = pods.ServeImages(RegistryHarness.ManifestReply(RegistryHarness.Manifest(Module)), RegistryHarness.BlobReply(Module));
        pods.Apply(Pod("Always"));

        // A request a step, so that a heartbeat comes in between; the connection to the API server makes room.
        pods.Duty.Do();
        Assert.AreEqual(1, registry.Attempts);
        Assert.AreEqual(0, registry.OpenConnections);
        Assert.IsFalse(pods.Container.IsPrepared);
        Assert.AreEqual(0, pods.Duty.UntilDue());
        pods.Duty.Do();
        Assert.AreEqual(2, registry.Attempts);
        Assert.IsTrue(pods.Container.IsPrepared);
        Assert.Contains("\"imageID\":\"r.example:5000/blink@" + RegistryHarness.DigestOf(RegistryHarness.Manifest(Module)) + "\"", pods.Connection.Sent);
        pods.Step(3);
        Assert.AreEqual("StartError", pods.Container.LastState.Reason);
    }

    [TestMethod]
    public void Image_ThatTheBoardKeeps_IsNotAskedFor_UnlessAlways()
    {
        PodHarness first = MakePods();
        first.KeepPrograms(new FakeFiles());
        first.ServeImages(RegistryHarness.ManifestReply(RegistryHarness.Manifest(Module)), RegistryHarness.BlobReply(Module));
        first.Apply(Pod("IfNotPresent"));
        Work(first);
        Assert.IsTrue(first.Container.IsPrepared);

        foreach (string policy in new string[] { "IfNotPresent", "Never" })
        {
            PodHarness second = MakePods();
            second.KeepPrograms(first.Files);
            FakeConnector registry = second.ServeImages();
            second.Apply(Pod(policy));
            Work(second);
            Assert.IsTrue(second.Container.IsPrepared);
            Assert.AreEqual(first.Container.ImageId, second.Container.ImageId);
            Assert.AreEqual(0, registry.Attempts);
        }

        PodHarness third = MakePods();
        third.KeepPrograms(first.Files);
        FakeConnector asked = third.ServeImages(RegistryHarness.ManifestReply(RegistryHarness.Manifest(Module)));
        third.Apply(Pod("Always"));
        Work(third);
        Assert.IsTrue(third.Container.IsPrepared);
        Assert.AreEqual(1, asked.Attempts);
    }

    [TestMethod]
    public void Failure_IsErrImagePull_AndThenABackOff_ThatDoubles()
    {
        PodHarness pods = MakePods();
        string unknown = Replies.Of("404 Not Found", "Content-Type: application/json\r\n", Unknown);
        FakeConnector registry = pods.ServeImages(unknown, unknown, unknown, unknown, unknown, unknown, unknown);
        pods.Apply(Pod("Always"));
        pods.Duty.Do();

        Assert.Contains("\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"404 from https://r.example:5000: MANIFEST_UNKNOWN: manifest unknown\"}", pods.Connection.Sent);
        pods.Clock.Advance(2000);
        Work(pods);
        Assert.Contains("\"reason\":\"ImagePullBackOff\",\"message\":\"Back-off pulling image \\\"r.example:5000/blink:v1\\\": ErrImagePull: 404 from", pods.Connection.Sent);
        Assert.AreEqual(1, registry.Attempts);

        int[] waits = new int[] { 10, 20, 40, 80, 160, 300 };
        long passed = 2000;
        for (int i = 0; i < waits.Length; i++)
        {
            pods.Clock.Advance((waits[i] * 1000) - passed - 1);
            Work(pods);
            Assert.AreEqual(i + 1, registry.Attempts, waits[i].ToString());
            pods.Clock.Advance(1);
            Work(pods);
            Assert.AreEqual(i + 2, registry.Attempts, waits[i].ToString());
            passed = 0;
        }
    }

    [TestMethod]
    public void PodInBackOff_IsDeletedAtOnce()
    {
        PodHarness pods = MakePods();
        pods.ServeImages(Replies.Of("404 Not Found", "Content-Type: application/json\r\n", Unknown));
        pods.Apply(Pod("Always"));
        pods.Duty.Do();
        pods.Clock.Advance(2000);
        Work(pods);
        pods.Apply(PodText.Deleted(30));
        pods.Step(2);
        Work(pods);
        pods.Step(1);

        Assert.AreEqual(0, pods.Table.Count);
    }

    [TestMethod]
    public void ImageThatIsNotThere_AndNeverPulled_IsSaid()
    {
        PodHarness pods = MakePods();
        FakeConnector registry = pods.ServeImages();
        pods.Apply(Pod("Never"));
        Work(pods);

        Assert.AreEqual("ErrImageNeverPull", pods.Container.State.Reason);
        Assert.AreEqual("Container image \"r.example:5000/blink:v1\" is not present with pull policy of Never", pods.Container.State.Message);
        Assert.AreEqual(0, registry.Attempts);
    }

    [TestMethod]
    public void NameThatIsNone_IsSaid()
    {
        PodHarness pods = MakePods();
        pods.Apply(PodText.Of("{\"name\":\"main\",\"image\":\"Blink!\"}"));
        Work(pods);

        Assert.AreEqual("InvalidImageName", pods.Container.State.Reason);
        Assert.Contains("couldn't parse image reference \"Blink!\": invalid reference format", pods.Container.State.Message);
    }

    [TestMethod]
    public void Images_ArePulledOneAfterTheOther()
    {
        PodHarness pods = MakePods();
        string manifest = RegistryHarness.ManifestReply(RegistryHarness.Manifest(Module));
        FakeConnector registry = pods.ServeImages(manifest, RegistryHarness.BlobReply(Module), manifest, RegistryHarness.BlobReply(Module));
        pods.Apply(Pod("Always"));
        pods.Apply(Pod("Always", "other"));
        Work(pods);

        Assert.AreEqual(4, registry.Attempts);
        Assert.IsTrue(pods.Table.Get(0).Containers[0].IsPrepared);
        Assert.IsTrue(pods.Table.Get(1).Containers[0].IsPrepared);
    }

    // The API server takes whatever it is told.
    private static PodHarness MakePods()
    {
        string[] replies = Strings.NewArray(32);
        for (int i = 0; i < replies.Length; i++)
        {
            replies[i] = Replies.Ok(Ok);
        }

        return new PodHarness(replies);
    }

    private static string Pod(string policy, string name = "blink")
    {
        return PodText.Of("{\"name\":\"main\",\"image\":\"" + RegistryHarness.Image + "\",\"imagePullPolicy\":\"" + policy + "\"}", name: name);
    }

    /// <summary>Does what is due.</summary>
    private static void Work(PodHarness pods)
    {
        for (int i = 0; i < 20 && pods.Duty.UntilDue() == 0; i++)
        {
            pods.Duty.Do();
        }
    }
}
