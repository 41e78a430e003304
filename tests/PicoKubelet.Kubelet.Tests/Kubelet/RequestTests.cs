using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class RequestTests
{
    [TestMethod]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET /healthz HTTP/1.1\nHost: a\n\n", 200)]
    [DataRow("\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET /healthz HTTP/1.0\r\n\r\n", 200)]
    [DataRow("GET /healthz HTTP/1.7\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET http://node:10250/healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET HTTPS://node/healthz?x=1 HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET http://node HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET http://node?x HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET /healthz?a=%2f&b=c%20d HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET /health%7A HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [DataRow("GET /health%257A HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET /healthz/ HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET /Healthz HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET //healthz HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET /x/../healthz HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 200)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n", 200)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 200)]
    [DataRow("POST /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [DataRow("OPTIONS /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [DataRow("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("DELETE /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [DataRow("BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [DataRow("get /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [DataRow("CONNECT node:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [DataRow("GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [DataRow("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417)]
    [DataRow("GET /healthz HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nX: y\r\nhOST: b\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET http://a/healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz\r\n\r\n", 400)]
    [DataRow("GET\r\n\r\n", 400)]
    [DataRow(" GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz  HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1 \r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/x.y\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz http/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET ftp://node/healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET http:///healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz#top HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /health\u0001z HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /health\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /health%00z HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /pico%2fstatus HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /health%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /health%7 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz?x=%g1 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\u0001b\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHo", 400)]
    [DataRow("GET /hea", 400)]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1025\r\n\r\n", 413)]
    [DataRow("", 0)]
    public void Each_request_has_its_status(string request, int status)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.AreEqual(status, KubeletHarness.StatusOf(kubelet.Serve(request)));
    }

    [TestMethod]
    [DataRow("GET /healthz?verbose=1 HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n")]
    [DataRow("GET /health%zz HTTP/1.1\r\nHost: a\r\n\r\n")]
    [DataRow("HEAD http://a/configz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer kubelet-token-42\r\n\r\n")]
    [DataRow("GET /pico/gpio HTTP/1.0\r\nAuthorization:   bearer   kubelet-token-42  \r\nContent-Length: 4\r\n\r\nbody")]
    [DataRow("POST /pico/command HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer kubelet-token-42\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"comman\r\n8\r\nd\":\"no\"}\r\n0\r\n\r\n")]
    public void Each_split_of_a_request_gives_the_same_answer(string request)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string expected = kubelet.Serve(request);
        Assert.AreNotEqual("", expected);

        for (int split = 1; split < request.Length; split++)
        {
            Assert.AreEqual(expected, kubelet.Serve(request, split), split.ToString());
        }

        Assert.AreEqual(expected, kubelet.Serve(request, 0, 1));
    }

    [TestMethod]
    public void The_request_line_and_the_headers_have_2048_bytes_and_the_request_line_alone_512()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string line = "GET /healthz HTTP/1.1\r\n";
        string rest = "Host: a\r\nX: ";
        int padding = 2048 - line.Length - rest.Length - 4;

        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Serve(line + rest + Repeat('a', padding) + "\r\n\r\n")));
        Assert.AreEqual(431, KubeletHarness.StatusOf(kubelet.Serve(line + rest + Repeat('a', padding + 1) + "\r\n\r\n")));
        Assert.AreEqual(431, KubeletHarness.StatusOf(kubelet.Serve(line + rest + Repeat('a', 10000))));
        Assert.AreEqual(404, KubeletHarness.StatusOf(kubelet.Get("/" + Repeat('a', 496))));
        Assert.AreEqual(414, KubeletHarness.StatusOf(kubelet.Get("/" + Repeat('a', 497))));
        Assert.AreEqual(414, KubeletHarness.StatusOf(kubelet.Get("/" + Repeat('a', 2048))));
        Assert.AreEqual(414, KubeletHarness.StatusOf(kubelet.Serve(Repeat('A', 10000))));
    }

    [TestMethod]
    public void The_body_has_1024_bytes()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string head = "GET /healthz HTTP/1.1\r\nHost: a\r\n";

        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Serve(head + "Content-Length: 1024\r\n\r\n" + Repeat('a', 1024))));
        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.Serve(head + "Transfer-Encoding: chunked\r\n\r\n400\r\n" + Repeat('a', 1024) + "\r\n0\r\n\r\n")));
        Assert.AreEqual(413, KubeletHarness.StatusOf(kubelet.Serve(head + "Transfer-Encoding: chunked\r\n\r\n401\r\n" + Repeat('a', 1025) + "\r\n0\r\n\r\n")));
    }

    [TestMethod]
    [DataRow("POST /pico/command", 401)]
    [DataRow("POST /nowhere", 404)]
    [DataRow("POST /healthz", 405)]
    [DataRow("BREW /healthz", 501)]
    public void The_rest_of_a_refused_request_is_read_so_that_the_answer_arrives(string start, int status)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string head = start + " HTTP/1.1\r\nHost: a\r\nContent-Length: 600\r\n\r\n";

        Assert.AreEqual(status, KubeletHarness.StatusOf(kubelet.Serve(head + Repeat('a', 600), head.Length, 100)));
        Assert.AreEqual(0, kubelet.Unread);
    }

    [TestMethod]
    public void A_client_that_falls_silent_is_told_so_and_let_go()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        long start = kubelet.Node.Clock.Milliseconds;
        Assert.AreEqual(408, KubeletHarness.StatusOf(kubelet.ServeSilent("GET /healthz HT")));

        // Half a second more, for what it may still send: the answer would be lost by a reset otherwise.
        Assert.AreEqual(5500, kubelet.Node.Clock.Milliseconds - start);

        Assert.AreEqual(408, KubeletHarness.StatusOf(kubelet.ServeSilent("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")));
        Assert.AreEqual(200, KubeletHarness.StatusOf(kubelet.ServeSilent("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")));
        Assert.AreEqual(2, kubelet.Statistics.TimedOut);
    }

    [TestMethod]
    public void A_client_that_asks_first_is_told_to_go_on_where_the_body_is_wanted()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string expect = "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}";
        string post = "POST /pico/command HTTP/1.1\r\n" + KubeletHarness.Host;

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\n", kubelet.Serve(post + KubeletHarness.Authorization + expect));
        Assert.StartsWith("HTTP/1.1 401 ", kubelet.Serve(post + expect));
        Assert.StartsWith("HTTP/1.1 413 ", kubelet.Serve(post + KubeletHarness.Authorization + "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n"));
    }

    [TestMethod]
    public void A_request_is_one_line_of_the_log_without_what_is_secret()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        kubelet.Get("/configz?token=hidden", KubeletHarness.Authorization);

        Assert.EndsWith("level=info msg=request method=GET path=/configz client=192.168.1.9 status=200 ms=0", kubelet.Node.Log.LastLine);

        kubelet.Get("/a%0alevel=error%20%22" + Repeat('b', 100));

        Assert.EndsWith("path=/a?level?error??" + Repeat('b', 48) + " client=192.168.1.9 status=404 ms=0", kubelet.Node.Log.LastLine);
        Assert.DoesNotContains("hidden", kubelet.Node.Log.Text);
        Assert.DoesNotContains(KubeletHarness.Token, kubelet.Node.Log.Text);
    }

    [TestMethod]
    public void A_connection_without_a_request_is_no_line_of_the_log()
    {
        KubeletHarness kubelet = new KubeletHarness(new NodeHarness());
        int before = kubelet.Node.Log.Count;

        kubelet.Serve("");
        kubelet.ServeSilent("");
        kubelet.ServeSilent("GE");

        Assert.AreEqual(before, kubelet.Node.Log.Count);
    }

    private static string Repeat(char character, int count)
    {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(character);
        }

        return text.ToString();
    }
}
