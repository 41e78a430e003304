using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class ValidationTests
{
    private const string Minimum = ProvisioningHarness.Minimum;
    private const string Stored = ProvisioningHarness.Stored;

    [TestMethod]
    [DataRow("ssid", "", "must be a network's name of 1 to 31 bytes")]
    [DataRow("ssid", "01234567890123456789012345678901", "must be a network's name of 1 to 31 bytes")]
    [DataRow("pass", "1234567", "must be 8 to 63 characters")]
    [DataRow("pass", "1234567%C3%A9", "must be 8 to 63 characters")]
    [DataRow("pass", "0123456789012345678901234567890123456789012345678901234567890123", "must be 8 to 63 characters")]
    [DataRow("apiServer", "", "must be set, for instance https://192.168.1.10:6443")]
    [DataRow("apiServer", "192.168.1.10:6443", "must be a URL of scheme, host and port")]
    [DataRow("apiServer", "https%3A%2F%2Fa%2Fpath", "must be a URL of scheme, host and port")]
    [DataRow("token", "two+words", "must be printable ASCII without spaces")]
    [DataRow("ca", "not+PEM", "must be PEM")]
    [DataRow("node", "Shed", "must be a Node's name")]
    [DataRow("kubelet.token", "caf%C3%A9", "must be printable ASCII without spaces")]
    public void A_wrong_value_is_told_beside_its_field(string field, string value, string rule)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post(With(field, value));

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        answer = HttpAnswer.BodyOf(answer);
        PageTests.AssertContains(answer, "<small class=e id=d-" + field + ">" + rule);
        Assert.AreEqual(1, Count(answer, "class=e"));
        Assert.AreEqual(1, Count(answer, "aria-invalid=true autofocus"));
        Assert.AreEqual(0, board.Wifi.Saves);
        Assert.IsNull(board.Load());
    }

    [TestMethod]
    public void Every_wrong_value_is_told_at_once()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = HttpAnswer.BodyOf(board.Post("&ssid=&pass=short&apiServer=x&token=a+b&ca=c&node=D&kubelet.token=e+f"));

        Assert.AreEqual(7, Count(answer, "class=e"));
        Assert.AreEqual(1, Count(answer, "autofocus"));
        PageTests.AssertContains(answer, " id=ssid name=ssid aria-describedby=d-ssid aria-invalid=true autofocus");
    }

    [TestMethod]
    public void Values_that_are_too_long_are_told_so()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        PageTests.AssertContains(board.Post(Minimum + "&token=" + new string('x', 2049)), "id=d-token>must be at most 2048 bytes");
        PageTests.AssertContains(board.Post(Minimum + "&ca=" + new string('x', 4097)), "id=d-ca>must be at most 4096 bytes");
        PageTests.AssertContains(board.Post(Minimum + "&node=" + new string('x', 64)), "id=d-node>must be at most 63 bytes");

        // What needs escapes twice its length in JSON, and overflows the buffer.
        Assert.AreEqual(422, HttpAnswer.StatusOf(board.Post("&ssid=Home&apiServer=" + new string('"', 7000))));
    }

    [TestMethod]
    public void What_was_typed_stays_but_for_the_secrets()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string page = HttpAnswer.BodyOf(board.Post("&net=Home&ssid=%3CMy%3E&pass=typed-password&apiServer=http%3A%2F%2Fa%22b&token=typed-token&node=shed&kubelet.token=typed-kubelet&ca=typed%0Aca"));

        PageTests.AssertContains(page, "value=\"&lt;My&gt;\"");
        PageTests.AssertContains(page, "value=\"http://a&quot;b\"");
        PageTests.AssertContains(page, "value=\"shed\"");
        PageTests.AssertContains(page, "typed\nca</textarea>");
        PageTests.AssertContains(page, "<option value=\"Home\" selected>");
        Assert.IsFalse(page.Contains("typed-"));

        Assert.IsFalse(board.Get("/").Contains("shed"), "forgotten once it is answered");
    }

    [TestMethod]
    public void What_the_form_has_no_field_for_is_kept()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        board.Post("&net=Home&apiServer=https%3A%2F%2F10.0.0.1%3A6443&node=barn");

        DeviceSettings settings = board.Load();
        Assert.AreEqual("barn", settings.NodeName);
        Assert.AreEqual("kitchen", settings.Labels.Value(settings.Labels.IndexOf("room")));
        Assert.IsTrue(settings.HeartbeatMode == HeartbeatMode.Status);
        Assert.AreEqual(5, settings.LeaseSeconds);
        Assert.AreEqual(300, settings.StatusSeconds);
        Assert.AreEqual(10255, settings.KubeletPort);
        Assert.AreEqual("boards", settings.ConfigMapNamespace);
        Assert.AreEqual("shed-map", settings.ConfigMapName);
        Assert.IsTrue(settings.ConfigMapWatch);
        Assert.AreEqual("ntp.local", settings.NtpServer);
        Assert.AreEqual("logs.local", settings.SyslogHost);
        Assert.AreEqual(5140, settings.SyslogPort);
        Assert.IsTrue(settings.LogLevel == PicoKubelet.Logging.LogLevel.Debug);
        Assert.AreEqual("rtos", settings.Os);
    }

    [TestMethod]
    public void Certificates_of_four_kilobytes_each_are_kept()
    {
        StringBuilder pem = new StringBuilder();
        while (pem.Length < 3900)
        {
            pem.Append("-----BEGIN CERTIFICATE-----\\nMAcwADAAAwEA\\n-----END CERTIFICATE-----\\n");
        }

        string authorities = pem.ToString();
        ProvisioningHarness board = ProvisioningHarness.Serving("{\"apiServer\":\"https://10.0.0.1:6443\",\"ca\":\"" + authorities
            + "\",\"kubelet\":{\"clientCa\":\"" + authorities + "\"},\"pods\":{\"registryCa\":\"" + authorities + "\"}}");

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&net=Home&apiServer=https%3A%2F%2F10.0.0.1%3A6443&node=barn")));

        DeviceSettings settings = board.Load();
        Assert.IsTrue(settings.Ca.Length > 3500 && settings.Ca == settings.RegistryCa && settings.Ca == settings.KubeletClientCa);
    }

    [TestMethod]
    public void A_secret_that_is_left_empty_is_kept()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&net=Home&apiServer=https%3A%2F%2F10.0.0.1%3A6443")));

        DeviceSettings settings = board.Load();
        Assert.AreEqual("stored-token", settings.Token);
        Assert.AreEqual("stored-kubelet-token", settings.KubeletToken);
        PageTests.AssertContains(settings.Ca, TestPem.Body);
        Assert.AreEqual("stored-wifi-password", board.Wifi.Password);
        Assert.IsNull(settings.NodeName, "no secret: empty means the default");
    }

    [TestMethod]
    [DataRow("&net=Home&apiServer=https%3A%2F%2F10.0.0.2%3A6443")]
    [DataRow("&net=Home&apiServer=https%3A%2F%2F10.0.0.1%3A6444")]
    [DataRow("&net=Home&apiServer=http%3A%2F%2F10.0.0.1%3A6443")]
    [DataRow("&net=Home&apiServer=https%3A%2F%2F10.0.0.1%3A6443&ca=-----BEGIN+CERTIFICATE-----%0AMAkwADAAAwMAAQI%3D%0A-----END+CERTIFICATE-----")]
    public void A_token_that_is_stored_goes_to_no_other_server(string fields)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        string answer = board.Post(fields);

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        PageTests.AssertContains(answer, "id=d-token>must be typed again");
        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post(fields + "&token=mine")));
        Assert.AreEqual("mine", board.Load().Token);
    }

    [TestMethod]
    public void Over_plain_HTTP_it_goes_through_no_other_network()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving("{\"apiServer\":\"http://10.0.0.1:8001\",\"token\":\"stored-token\"}");

        Assert.AreEqual(422, HttpAnswer.StatusOf(board.Post("&ssid=Theirs&apiServer=http%3A%2F%2F10.0.0.1%3A8001")));
        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001")));
    }

    [TestMethod]
    public void A_Wifi_password_that_is_stored_goes_to_no_other_network()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        board.Post("&ssid=Theirs&apiServer=https%3A%2F%2F10.0.0.1%3A6443");

        Assert.AreEqual("Theirs", board.Wifi.Ssid);
        Assert.AreEqual("", board.Wifi.Password);
    }

    [TestMethod]
    [DataRow("ca", "-----BEGIN+EC+PRIVATE+KEY-----%0AMHcCAQEEIIr3%2FK3y%0A-----END+EC+PRIVATE+KEY-----")]
    [DataRow("ca", "-----BEGIN+CERTIFICATE-----%0AMAcwADAAAwEA%0A-----END+CERTIFICATE-----%0A-----BEGIN+RSA+PRIVATE+KEY-----%0AMHcCAQEEIIr3%0A-----END+RSA+PRIVATE+KEY-----")]
    [DataRow("ca", "typed.token.MHcCAQEEIIr3")]
    [DataRow("node", "typed.token.MHcCAQEEIIr3")]
    [DataRow("apiServer", "https%3A%2F%2Ftyped.token.MHcCAQEEIIr3%3Ax")]
    [DataRow("ssid", "typed.token.MHcCAQEEIIr3")]
    public void A_secret_in_the_wrong_field_is_not_shown_again(string field, string value)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string fields = "&token=typed.token.MHcCAQEEIIr3&pass=short&" + field + "=" + value;
        fields += field == "ssid" ? "" : "&ssid=Home";
        fields += field == "apiServer" ? "" : "&apiServer=https%3A%2F%2F10.0.0.1";

        string answer = board.Post(fields);

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        Assert.DoesNotContains("MHcCAQEEIIr3", answer);
        Assert.DoesNotContains("MHcCAQEEIIr3", board.Log.Text);
    }

    [TestMethod]
    public void A_CA_that_lost_its_line_ends_is_mended_and_the_page_says_so()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post(Minimum + "&ca=-----BEGIN+CERTIFICATE-----%5CnMAcwADAAAwEA%5Cn-----END+CERTIFICATE-----%5Cn");

        Assert.AreEqual(200, HttpAnswer.StatusOf(answer), answer);
        PageTests.AssertContains(answer, "The CA certificate had lost its line ends");
        Assert.AreEqual(TestPem.Good, board.Load().Ca);
    }

    [TestMethod]
    public void A_CA_that_mbedTLS_refuses_is_named_and_not_stored()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post(Minimum + "&ca=-----BEGIN+CERTIFICATE-----%0A-----END+CERTIFICATE-----");

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        PageTests.AssertContains(answer, "id=d-ca>certificate 1: nothing is between the markers");
        Assert.IsNull(board.Load());
    }

    [TestMethod]
    public void The_largest_settings_fit()
    {
        string labels = "";
        for (int i = 0; i < 8; i++)
        {
            labels += (i > 0 ? "," : "") + "\"label" + i.ToString() + "/" + new string('k', 58) + "\":\"" + new string('v', 63) + "\"";
        }

        ProvisioningHarness board = ProvisioningHarness.Serving("{\"apiServer\":\"https://a\",\"labels\":{" + labels + "},\"kubelet\":{\"token\":\"" + new string('k', 2048) + "\"},"
            + "\"ca\":\"" + Json(TestPem.OfLength(4096)) + "\"}");

        string answer = board.Post("&ssid=Home&apiServer=https%3A%2F%2F" + new string('h', 244) + "%3A65535&token=" + new string('t', 2048) + "&node=" + new string('n', 63));

        Assert.AreEqual(200, HttpAnswer.StatusOf(answer), answer);
        DeviceSettings settings = board.Load();
        Assert.AreEqual(2048, settings.Token.Length);
        Assert.AreEqual(2048, settings.KubeletToken.Length);
        Assert.AreEqual(4096, settings.Ca.Length);
        Assert.AreEqual(8, settings.Labels.Count);
    }

    [TestMethod]
    public void What_can_not_be_stored_is_told_and_does_not_reboot()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        board.Wifi.IsBroken = true;

        Assert.AreEqual(500, HttpAnswer.StatusOf(board.Post(Minimum)));

        board.Clock.Advance(60000);
        Assert.IsTrue(board.Mode.Step());
        Assert.AreEqual(0, board.Board.Reboots);
        Assert.IsNull(board.Load());
    }

    [TestMethod]
    public void Secrets_are_not_logged()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        board.Post(Minimum + "&pass=secret-wifi&token=secret-token&kubelet.token=secret-kubelet");
        board.Post("&ssid=Home&pass=secret-wifi&token=secret-token&kubelet.token=secret-kubelet&apiServer=x");

        Assert.IsFalse(board.Log.Text.Contains("secret-"));
    }

    private static string With(string field, string value)
    {
        string fields = "&" + field + "=" + value;
        return (field == "ssid" ? "" : "&ssid=Home") + (field == "apiServer" ? "" : "&apiServer=http%3A%2F%2F10.0.0.1%3A8001") + fields;
    }

    private static int Count(string text, string part)
    {
        int count = 0;
        for (int at = text.IndexOf(part); at >= 0; at = text.IndexOf(part, at + part.Length))
        {
            count++;
        }

        return count;
    }

    /// <summary>The line feeds of a PEM as JSON has them.</summary>
    private static string Json(string pem)
    {
        string json = "";
        foreach (string line in pem.Split('\n'))
        {
            json += (json.Length > 0 ? "\\n" : "") + line;
        }

        return json;
    }
}
