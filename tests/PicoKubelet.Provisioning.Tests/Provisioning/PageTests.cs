using nanoFramework.TestFramework;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class PageTests
{
    [TestMethod]
    public void The_page_has_the_form_and_says_which_board_it_is()
    {
        string answer = ProvisioningHarness.Serving().Get("/");

        Assert.AreEqual(200, HttpAnswer.StatusOf(answer));
        AssertContains(answer, "Content-Type: text/html; charset=utf-8\r\n");
        AssertContains(answer, "PicoKubelet-0ABCDE, ESP32_S3_QUAD");
        AssertContains(answer, "<form method=post action=/");
    }

    [TestMethod]
    public void The_page_runs_no_scripts_is_framed_by_none_and_kept_by_none()
    {
        string answer = ProvisioningHarness.Serving().Get("/");

        AssertContains(answer, "\r\nContent-Security-Policy: default-src 'none';");
        AssertContains(answer, "frame-ancestors 'none'");
        AssertContains(answer, "\r\nCache-Control: no-store\r\n");
        Assert.IsFalse(answer.Contains("<script"));
    }

    [TestMethod]
    public void The_name_that_an_empty_field_means_is_told()
    {
        AssertContains(ProvisioningHarness.Serving().Get("/"), "empty for pico-0abcde</small>");
    }

    [TestMethod]
    public void The_page_follows_the_colours_that_the_phone_prefers()
    {
        string page = ProvisioningHarness.Serving().Get("/");

        AssertContains(page, "color-scheme:light dark");
        AssertContains(page, "@media(prefers-color-scheme:dark)");
    }

    [TestMethod]
    public void The_page_is_small()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(ProvisioningHarness.Stored);

        int length = board.Get("/").Length;
        Assert.IsTrue(length < 6500, length.ToString());
    }

    [TestMethod]
    public void Networks_are_offered_the_strongest_first_and_can_not_forge_markup()
    {
        string page = HttpAnswer.BodyOf(ProvisioningHarness.Serving().Get("/"));

        int strongest = page.IndexOf("<option value=\"&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;\">");
        Assert.IsTrue(strongest > 0);
        Assert.IsTrue(page.IndexOf("<option value=\"Home\">Home (-61 dBm)") > strongest);
        Assert.IsFalse(page.Contains("<b>"));
    }

    [TestMethod]
    public void What_is_stored_is_shown_but_for_the_secrets()
    {
        string page = HttpAnswer.BodyOf(ProvisioningHarness.Serving(ProvisioningHarness.Stored).Get("/"));

        AssertContains(page, "<option value=\"Home\" selected>");
        AssertContains(page, "value=\"https://10.0.0.1:6443\"");
        AssertContains(page, "value=\"shed\"");
        AssertContains(page, "stored; leave empty to keep it");
        Assert.IsFalse(page.Contains("stored-"));
    }

    [TestMethod]
    [DataRow("/generate_204")]
    [DataRow("/hotspot-detect.html")]
    [DataRow("/connecttest.txt?n=1")]
    [DataRow("/index.html")]
    public void A_look_for_a_captive_portal_leads_to_the_page(string target)
    {
        string answer = ProvisioningHarness.Serving().Get(target);

        Assert.AreEqual(302, HttpAnswer.StatusOf(answer));
        AssertContains(answer, "\r\nLocation: http://192.168.4.1/\r\n");
    }

    [TestMethod]
    [DataRow("Host: connectivitycheck.example\r\n")]
    [DataRow("Host: 192.168.4.1:81\r\n")]
    [DataRow("Host: 192.168.4.10\r\n")]
    [DataRow("Host: evil.example\r\n")]
    [DataRow("Host:\r\n")]
    public void The_page_is_at_its_own_address_alone(string host)
    {
        string answer = ProvisioningHarness.Serving().Get("/", host);

        Assert.AreEqual(302, HttpAnswer.StatusOf(answer));
        Assert.IsFalse(answer.Contains("csrf"));
    }

    [TestMethod]
    public void A_name_in_the_request_line_does_not_count()
    {
        string answer = ProvisioningHarness.Serving().Serve("GET http://192.168.4.1/ HTTP/1.1\r\nHost: evil.example\r\n\r\n");

        Assert.AreEqual(302, HttpAnswer.StatusOf(answer));
    }

    [TestMethod]
    [DataRow("GET /favicon.ico HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n", 404)]
    [DataRow("HEAD / HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n", 200)]
    [DataRow("PUT / HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n", 405)]
    [DataRow("BREW / HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n", 501)]
    [DataRow("GET / HTTP/1.1\r\n\r\n", 400)]
    [DataRow("GET /\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\r\nHost: 192.168.4.1\r\nX", 400)]
    [DataRow("POST /save HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n", 403)]
    public void Other_requests_are_answered_too(string request, int status)
    {
        Assert.AreEqual(status, HttpAnswer.StatusOf(ProvisioningHarness.Serving().Serve(request)));
    }

    [TestMethod]
    public void A_network_without_a_password_is_warned_of()
    {
        ProvisioningHarness board = new ProvisioningHarness();
        board.Mode.IsOpenNetwork = true;
        board.Mode.Step();

        AssertContains(board.Get("/"), "This Wi-Fi network has no password");
        Assert.IsFalse(ProvisioningHarness.Serving().Get("/").Contains("This Wi-Fi network has no password"));
    }

    /// <summary>Looks for a part of a text, or of an answer's head or body.</summary>
    internal static void AssertContains(string text, string part)
    {
        if (text.StartsWith("HTTP/"))
        {
            text = text.Substring(0, text.IndexOf("\r\n\r\n") + 4) + HttpAnswer.BodyOf(text);
        }

        Assert.IsTrue(text.Contains(part), part + " is not in " + text);
    }
}
