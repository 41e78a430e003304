using nanoFramework.TestFramework;
using PicoKubelet.Http.Server;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class AuthenticationTests
{
    [TestMethod]
    [DataRow("/healthz", true)]
    [DataRow("/livez", true)]
    [DataRow("/readyz", true)]
    [DataRow("/nowhere", true)]
    [DataRow("/pods", false)]
    [DataRow("/metrics", false)]
    [DataRow("/metrics/resource", false)]
    [DataRow("/stats/summary", false)]
    [DataRow("/spec", false)]
    [DataRow("/configz", false)]
    [DataRow("/pico/status", false)]
    [DataRow("/pico/memory", false)]
    [DataRow("/pico/gpio", false)]
    [DataRow("/exec/a/b/c", false)]
    [DataRow("/run", false)]
    [DataRow("/attach/x", false)]
    [DataRow("/portForward/x", false)]
    [DataRow("/containerLogs/a/b/c", false)]
    public void What_is_not_open_needs_the_token(string path, bool isOpen)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        string answer = kubelet.Get(path);

        Assert.AreEqual(!isOpen, KubeletHarness.StatusOf(answer) == 401);
        Assert.AreEqual(!isOpen, answer.Contains("\r\nWWW-Authenticate: Bearer\r\n"));
        Assert.AreNotEqual(401, KubeletHarness.StatusOf(kubelet.Get(path, KubeletHarness.Authorization)));
    }

    [TestMethod]
    [DataRow("Bearer kubelet-token-42", 200)]
    [DataRow("bEARER   kubelet-token-42", 200)]
    [DataRow("Bearer kubelet-token-43", 401)]
    [DataRow("Bearer kubelet-token-4", 401)]
    [DataRow("Bearer kubelet-token-42kubelet-token-42", 401)]
    [DataRow("Bearer ", 401)]
    [DataRow("Bearer", 401)]
    [DataRow("Basic kubelet-token-42", 401)]
    [DataRow("kubelet-token-42", 401)]
    [DataRow("", 401)]
    public void Nothing_but_the_token_is_the_token(string value, int status)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        string answer = kubelet.Get("/pods", "Authorization: " + value + "\r\n");

        Assert.AreEqual(status, KubeletHarness.StatusOf(answer));
        if (status == 401)
        {
            Assert.AreEqual("{\"error\":\"unauthorized\",\"code\":401}", KubeletHarness.BodyOf(answer));
        }
    }

    [TestMethod]
    public void Without_a_token_in_the_settings_none_is_right()
    {
        KubeletHarness kubelet = new KubeletHarness(NodeHarness.Registered(), null);

        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/pods")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/pods", "Authorization: Bearer \r\n")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/pods", KubeletHarness.Authorization)));
        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Get("/healthz", KubeletHarness.Authorization)));
    }

    [TestMethod]
    public void Anonymous_reads_are_reads_alone()
    {
        KubeletHarness kubelet = new KubeletHarness(NodeHarness.Registered(), KubeletHarness.Token, true);

        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Get("/pods")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/pods", "Authorization: Bearer wrong\r\n")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/exec")));
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Serve("POST /pico/command HTTP/1.0\r\n\r\n")));
    }

    [TestMethod]
    public void Wrong_tokens_do_not_shut_out_the_right_one_however_many()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        for (int i = 0; i < 100; i++)
        {
            string wrong = kubelet.Get("/pods", "Authorization: Bearer guess\r\n");
            Assert.AreEqual(i < Authenticator.MaxFailures ? 401 : 429, KubeletHarness.StatusOf(wrong));
            Assert.AreEqual(i >= Authenticator.MaxFailures, wrong.Contains("\r\nRetry-After: 1\r\n"));
            Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Get("/pods", KubeletHarness.Authorization)));
        }

        Assert.AreEqual(100, kubelet.Statistics.AuthenticationFailures);
        kubelet.Node.Clock.Advance(1000);
        Assert.AreEqual(401, KubeletHarness.StatusOf(kubelet.Get("/pods", "Authorization: Bearer guess\r\n")));
    }

    [TestMethod]
    public void Guesses_do_not_fill_the_log()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        for (int i = 0; i < 100; i++)
        {
            kubelet.Get("/pods", "Authorization: Bearer guess\r\n");
        }

        Assert.AreEqual(Authenticator.MaxFailures, kubelet.Node.Log.CountOf("path=/pods"));
    }

    [TestMethod]
    [DataRow("0123456789abcde", true)]
    [DataRow("0123456789abcdef", false)]
    [DataRow("", false)]
    public void A_token_that_can_be_guessed_is_warned_of(string token, bool isWarned)
    {
        NodeHarness node = new NodeHarness();
        KubeletServer server = new KubeletServer(new KubeletHarness(node, token.Length == 0 ? null : token).Context, new Logger(node.Log, node.Time));
        server.Start();
        server.Stop();

        Assert.AreEqual(isWarned ? 1 : 0, node.Log.CountOf("short enough to be guessed"));
    }
}
