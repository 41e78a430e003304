using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Pods;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Pods;

[TestClass]
public class PodReaderTests
{
    [TestMethod]
    public void Pod_IsReadWithAllThatItNeeds()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(
            PodText.ContainerWith(",\"args\":[\"--fast\",\"\\u00e9\"],\"env\":[{\"name\":\"A\",\"value\":\"b\"},"
                + "{\"name\":\"N\",\"valueFrom\":{\"fieldRef\":{\"apiVersion\":\"v1\",\"fieldPath\":\"metadata.name\"}}},"
                + "{\"name\":\"L\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.labels['tier']\"}}},"
                + "{\"name\":\"K\",\"valueFrom\":{\"configMapKeyRef\":{\"name\":\"settings\",\"key\":\"k\",\"optional\":true}}}],"
                + "\"resources\":{\"limits\":{\"memory\":\"12Ki\",\"cpu\":\"250m\",\"picokubelet.io/gpio-2\":\"1\",\"picokubelet.io/gpio-40\":\"1\"}}"),
            ",\"restartPolicy\":\"OnFailure\",\"activeDeadlineSeconds\":60,\"terminationGracePeriodSeconds\":5"));

        PodSpec spec = pods.Reader.TakeSpec();

        Assert.IsNull(pods.Reader.RefusalMessage);
        Assert.AreEqual("default/blink/" + PodText.Uid, spec.Namespace + "/" + spec.Name + "/" + spec.Uid);
        Assert.IsTrue(spec.RestartPolicy == RestartPolicy.OnFailure);
        Assert.AreEqual(60, spec.ActiveDeadlineSeconds);
        Assert.AreEqual(5, spec.GraceSeconds);
        ContainerSpec container = spec.Containers[0];
        Assert.AreEqual("blink/blink.wasm", container.ProgramConfigMap + "/" + container.ProgramKey);
        Assert.AreEqual(3, container.Arguments.Length);
        Assert.AreEqual("--fast", container.Arguments[1]);
        Assert.AreEqual(12 * 1024, container.MemoryBytes);
        Assert.AreEqual(250, container.CpuThousandths);
        Assert.IsTrue(container.Resources.Pins == ((1UL << 2) | (1UL << 40)));
        Assert.AreEqual("b", container.Environment[0].Value);
        Assert.AreEqual("metadata.name", container.Environment[1].FieldPath);
        Assert.AreEqual("lab", container.Environment[2].Value);
        Assert.AreEqual("settings/k", container.Environment[3].ConfigMap + "/" + container.Environment[3].Key);
        Assert.IsTrue(container.Environment[3].IsOptional);
    }

    [TestMethod]
    public void Probes_AreReadWithTheirNumbers()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(PodText.ContainerWith(",\"livenessProbe\":{\"exec\":{\"command\":[\"alive\"]},\"initialDelaySeconds\":3,\"timeoutSeconds\":4,\"periodSeconds\":5,"
            + "\"successThreshold\":1,\"failureThreshold\":6,\"terminationGracePeriodSeconds\":7},\"readinessProbe\":{\"exec\":{\"command\":[\"ready\"]},\"successThreshold\":2},"
            + "\"startupProbe\":{\"exec\":{\"command\":[\"up\"]},\"failureThreshold\":30,\"periodSeconds\":0}")));

        ContainerSpec container = pods.Reader.TakeSpec().Containers[0];

        Assert.AreEqual("alive 3 4 5 1 6 7", Describe(container.LivenessProbe));
        Assert.AreEqual("ready 0 1 10 2 3 -1", Describe(container.ReadinessProbe));
        Assert.AreEqual("up 0 1 1 1 30 -1", Describe(container.StartupProbe));
    }

    [TestMethod]
    [DataRow("\"image\":\"r.example:5000/team/blink:v1\",\"imagePullPolicy\":\"Never\"", "blink")]
    [DataRow("\"image\":\"r.example/blink@sha256:0\",\"imagePullPolicy\":\"Never\",\"args\":[\"--fast\"]", "blink --fast")]
    [DataRow("\"imagePullPolicy\":\"Never\",\"command\":[\"/blink.wasm\"],\"image\":\"nginx\"", "/blink.wasm")]
    public void Image_NeedsNeitherCommandNorVolume(string fields, string arguments)
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of("{\"name\":\"main\"," + fields + "}"));

        ContainerSpec container = pods.Reader.TakeSpec().Containers[0];

        Assert.IsTrue(container.IsImage);
        Assert.IsNull(container.ProgramConfigMap);
        Assert.IsTrue(container.PullPolicy == ImagePullPolicy.Never);
        Assert.AreEqual(arguments, container.Arguments.Length == 1 ? container.Arguments[0] : container.Arguments[0] + " " + container.Arguments[1]);
    }

    [TestMethod]
    public void Pod_WithoutTheRuntimeClass_IsRefusedInWords()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Swap(PodText.Of(), "picokubelet\"", "other\""));

        Assert.IsNull(pods.Reader.TakeSpec());
        Assert.AreEqual("UnsupportedRuntime", pods.Reader.RefusalReason);
    }

    [TestMethod]
    public void Fields_ThatABoardCanNotHonour_AreRefusedByTheirPath()
    {
        Refuses("spec.initContainers", spec: ",\"initContainers\":[{\"name\":\"a\"}]");
        Refuses("spec.ephemeralContainers", spec: ",\"ephemeralContainers\":[{\"name\":\"a\"}]");
        Refuses("spec.hostNetwork", spec: ",\"hostNetwork\":true");
        Refuses("spec.volumes[0].emptyDir", volumes: "{\"name\":\"app\",\"emptyDir\":{}}");
        Refuses("spec.volumes[1].secret", PodText.Swap(PodText.Container, "/var/run/secrets/kubernetes.io/serviceaccount", "/secrets"));
        Refuses("spec.volumes[0].configMap.items", volumes: "{\"name\":\"app\",\"configMap\":{\"name\":\"a\",\"items\":[{\"key\":\"a\",\"path\":\"b\"}]}}");
        Refuses("spec.containers[0].image", PodText.Swap(PodText.Container, "picokubelet.io/wasm", new string('a', 254)));
        Refuses("spec.containers[0].image", PodText.Swap(PodText.Container, "picokubelet.io/wasm", "r.example/a\\u0001"));
        Refuses("spec.containers[0].command", PodText.Swap(PodText.Container, "[\"/app/blink.wasm\"]", "[]"));
        Refuses("spec.containers[0].command", PodText.Swap(PodText.Container, "/app/blink.wasm", "/elsewhere/blink.wasm"));
        Refuses("spec.containers[0].livenessProbe.httpGet", PodText.ContainerWith(",\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80},\"periodSeconds\":10}"));
        Refuses("spec.containers[0].readinessProbe.tcpSocket", PodText.ContainerWith(",\"readinessProbe\":{\"tcpSocket\":{\"port\":80}}"));
        Refuses("spec.containers[0].startupProbe.grpc", PodText.ContainerWith(",\"startupProbe\":{\"periodSeconds\":1,\"grpc\":{\"port\":80}}"));
        Refuses("spec.containers[0].livenessProbe.exec.command", PodText.ContainerWith(",\"livenessProbe\":{\"exec\":{\"command\":[\"cat\",\"/tmp/healthy\"]}}"));
        Refuses("spec.containers[0].livenessProbe.exec.command", PodText.ContainerWith(",\"livenessProbe\":{\"exec\":{}}"));
        Refuses("spec.containers[0].lifecycle.preStop", PodText.ContainerWith(",\"lifecycle\":{\"preStop\":{\"exec\":{}}}"));
        Refuses("spec.containers[0].ports[1].hostPort", PodText.ContainerWith(",\"ports\":[{\"containerPort\":80},{\"containerPort\":80,\"hostPort\":80}]"));
        Refuses("spec.containers[0].envFrom", PodText.ContainerWith(",\"envFrom\":[{\"configMapRef\":{\"name\":\"a\"}}]"));
        Refuses("spec.containers[0].env[0].valueFrom.secretKeyRef", PodText.ContainerWith(",\"env\":[{\"name\":\"A\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"a\",\"key\":\"b\"}}}]"));
        Refuses("spec.containers[0].env[0].valueFrom.fieldRef.fieldPath", PodText.ContainerWith(",\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.x\"}}}]"));
        Refuses("spec.containers[0].resources.limits.memory", PodText.ContainerLimited("\"memory\":\"1Ki\""));
        Refuses("spec.containers", PodText.Container + "," + PodText.Container + "," + PodText.Container + "," + PodText.Container);
    }

    [TestMethod]
    public void ServiceAccountsVolume_MayBeProjected()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(volumes: "{\"name\":\"app\",\"configMap\":{\"name\":\"blink\"}},"
            + "{\"name\":\"default-token-x\",\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"path\":\"token\"}},"
            + "{\"configMap\":{\"name\":\"kube-root-ca.crt\",\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}]}}]}}"));

        Assert.IsNotNull(pods.Reader.TakeSpec());
    }

    [TestMethod]
    public void Program_MayBeASingleKeyThatIsMounted()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(PodText.Swap(PodText.Container, "\"mountPath\":\"/app\"", "\"mountPath\":\"/app/blink.wasm\",\"subPath\":\"v2.wasm\"")));

        Assert.AreEqual("v2.wasm", pods.Reader.TakeSpec().Containers[0].ProgramKey);
    }

    [TestMethod]
    public void KnownPod_IsNotReadAgain()
    {
        PodHarness pods = new PodHarness();
        pods.Apply(PodText.Of());

        pods.Read(PodText.Deleted(30));

        Assert.IsTrue(pods.Reader.IsKnown);
        Assert.IsTrue(pods.Reader.IsDeleting);
        Assert.AreEqual(30, pods.Reader.DeletionGraceSeconds);
        Assert.IsNull(pods.Reader.TakeSpec());
    }

    [TestMethod]
    public void History_IsReadOfTheStatus()
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(
            status: "\"phase\":\"Running\",\"startTime\":\"2026-01-23T10:00:00Z\",\"containerStatuses\":[{\"name\":\"main\",\"restartCount\":3,\"state\":{\"running\":{\"startedAt\":null}}}]"));

        Assert.AreEqual(3, pods.Reader.History.RestartsOf("main", out bool hasRun));
        Assert.IsTrue(hasRun);
        Assert.AreEqual("2026-01-23T10:00:00Z", pods.Reader.History.StartTime);
    }

    [TestMethod]
    public void DamagedPods_AreRefusedOrMalformed_AndNeverAnythingElse()
    {
        PodHarness pods = new PodHarness();
        Fakes.SeededRandom random = new Fakes.SeededRandom(3);
        byte[] sound = System.Text.Encoding.UTF8.GetBytes(PodText.Of(PodText.ContainerLimited("\"memory\":\"8Ki\"")));
        int malformed = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = new byte[sound.Length];
            System.Array.Copy(sound, damaged, sound.Length);
            damaged[random.Next(damaged.Length)] = (byte)(32 + random.Next(95));
            damaged[random.Next(damaged.Length)] = (byte)"{}[]\",:0"[random.Next(8)];
            JsonReader json = new JsonReader(64, 512);
            json.Reset(new PiecewiseSource(damaged, 50));
            try
            {
                pods.Reader.Read(json);
                pods.Reader.TakeSpec();
            }
            catch (JsonException)
            {
                malformed++;
            }
        }

        Assert.IsTrue(malformed > 0);
    }

    private static string Describe(PicoKubelet.Probes.ProbeSpec probe)
    {
        return probe.Function + " " + probe.InitialDelaySeconds.ToString() + " " + probe.TimeoutSeconds.ToString() + " " + probe.PeriodSeconds.ToString() + " "
            + probe.SuccessThreshold.ToString() + " " + probe.FailureThreshold.ToString() + " " + probe.GraceSeconds.ToString();
    }

    private static void Refuses(string path, string containers = null, string spec = "", string volumes = null)
    {
        PodHarness pods = new PodHarness();
        pods.Read(PodText.Of(containers, spec, volumes: volumes));

        Assert.IsNull(pods.Reader.TakeSpec(), path);
        Assert.AreEqual("UnsupportedField", pods.Reader.RefusalReason);
        Assert.IsTrue(pods.Reader.RefusalMessage.StartsWith(path + ": "), path + " but: " + pods.Reader.RefusalMessage);
    }
}
