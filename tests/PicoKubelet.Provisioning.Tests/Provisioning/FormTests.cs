using nanoFramework.TestFramework;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class FormTests
{
    private const string Minimum = ProvisioningHarness.Minimum;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(63)]
    [DataRow(65)]
    [DataRow(2000)]
    public void Values_are_decoded_however_they_arrive(int pieceSize)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post("&net=Home&ssid=My+%22Wi%2BFi%22&pass=a%26b%3Dc%25+%7e%21&apiServer=+https%3a%2f%2fk8s.example%3A6443%0D%0A&token=abc.def%0A&node=shed-1&kubelet.token=k-1"
            + "&ca=-----BEGIN+CERTIFICATE-----%0D%0AMAcwADAAAwEA%0D%0A-----END+CERTIFICATE-----%0D%0A&unknown=1&", "", pieceSize);

        Assert.AreEqual(200, HttpAnswer.StatusOf(answer), answer);
        Assert.AreEqual("My \"Wi+Fi\"", board.Wifi.Ssid);
        Assert.AreEqual("a&b=c% ~!", board.Wifi.Password);
        DeviceSettings settings = board.Load();
        Assert.AreEqual("https://k8s.example:6443", settings.ApiServer.ToString());
        Assert.AreEqual("abc.def", settings.Token);
        Assert.AreEqual("-----BEGIN CERTIFICATE-----\nMAcwADAAAwEA\n-----END CERTIFICATE-----", settings.Ca);
        Assert.AreEqual("shed-1", settings.NodeName);
        Assert.AreEqual("k-1", settings.KubeletToken);
    }

    [TestMethod]
    public void The_chosen_network_counts_where_none_is_typed()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        board.Post("&net=Home&ssid=&apiServer=http%3A%2F%2Fa");

        Assert.AreEqual("Home", board.Wifi.Ssid);
        Assert.AreEqual("", board.Wifi.Password);
    }

    [TestMethod]
    [DataRow("%")]
    [DataRow("%4")]
    [DataRow("%zz")]
    [DataRow("%00")]
    [DataRow("%1b")]
    [DataRow("a b")]
    [DataRow("caf\u00e9")]
    [DataRow("x&ssid=y")]
    public void A_malformed_form_is_refused(string value)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        Assert.AreEqual(400, HttpAnswer.StatusOf(board.Post("&apiServer=http%3A%2F%2Fa&ssid=" + value)));
        AssertNothingSaved(board);
    }

    [TestMethod]
    public void A_form_has_a_bound()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string fields = Minimum + "&x=" + new string('x', 9000);

        Assert.AreEqual(413, HttpAnswer.StatusOf(board.Post(fields)));

        // Without a length, the bound is met on the way.
        string body = "csrf=" + board.FormToken() + fields;
        string chunk = "POST / HTTP/1.1\r\n" + ProvisioningHarness.Host + ProvisioningHarness.Form + "Transfer-Encoding: chunked\r\n\r\n"
            + body.Length.ToString("X4") + "\r\n" + body + "\r\n0\r\n\r\n";
        Assert.AreEqual(413, HttpAnswer.StatusOf(board.Serve(chunk, 500)));
        AssertNothingSaved(board);
    }

    [TestMethod]
    public void A_form_that_breaks_off_is_not_taken()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string body = "csrf=" + board.FormToken() + Minimum;

        string answer = board.Serve("POST / HTTP/1.1\r\n" + ProvisioningHarness.Host + ProvisioningHarness.Form + "Content-Length: " + (body.Length + 1).ToString() + "\r\n\r\n" + body);

        Assert.AreEqual(400, HttpAnswer.StatusOf(answer));
        AssertNothingSaved(board);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("&&=&=x")]
    [DataRow("&ssid")]
    [DataRow("&ssid=&apiServer")]
    [DataRow("&abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz=1")]
    public void A_form_that_says_nothing_is_asked_again(string fields)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        Assert.AreEqual(422, HttpAnswer.StatusOf(board.Post(fields)));
        AssertNothingSaved(board);
    }

    [TestMethod]
    [DataRow("Origin: http://evil.example\r\n")]
    [DataRow("Origin: http://192.168.4.1.evil.example\r\n")]
    [DataRow("Origin: https://192.168.4.1\r\n")]
    [DataRow("Origin: null\r\n")]
    public void A_form_from_another_page_is_refused(string origin)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        Assert.AreEqual(403, HttpAnswer.StatusOf(board.Post(Minimum, origin)));
        AssertNothingSaved(board);
        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post(Minimum, "Origin: http://192.168.4.1\r\n")));
    }

    [TestMethod]
    public void A_form_to_another_name_is_refused()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string body = "csrf=" + board.FormToken() + Minimum;

        Assert.AreEqual(403, HttpAnswer.StatusOf(board.PostBody(body, "Host: evil.example\r\n" + ProvisioningHarness.Form)));
        AssertNothingSaved(board);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("csrf=")]
    [DataRow("csrf=00000000000000000000000000000000")]
    [DataRow("csrf=0")]
    public void A_form_without_the_pages_token_is_refused_and_not_shown(string body)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.PostBody(body + "&node=theirs" + Minimum);

        Assert.AreEqual(403, HttpAnswer.StatusOf(answer));
        PageTests.AssertContains(answer, "the page was out of date");
        Assert.IsFalse(answer.Contains("theirs"));
        AssertNothingSaved(board);
    }

    [TestMethod]
    public void The_token_is_another_one_each_time()
    {
        string first = ProvisioningHarness.Serving().FormToken();

        Assert.AreEqual(32, first.Length);
        Assert.AreNotEqual(first, ProvisioningHarness.Serving().FormToken());
    }

    [TestMethod]
    [DataRow("Content-Type: text/plain\r\n")]
    [DataRow("Content-Type: multipart/form-data; boundary=x\r\n")]
    [DataRow("")]
    public void Only_a_form_is_taken(string type)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        Assert.AreEqual(415, HttpAnswer.StatusOf(board.PostBody("csrf=" + board.FormToken() + Minimum, ProvisioningHarness.Host + type)));
        AssertNothingSaved(board);
    }

    private static void AssertNothingSaved(ProvisioningHarness board)
    {
        Assert.AreEqual(0, board.Wifi.Saves);
        Assert.IsNull(board.Load());
    }
}
