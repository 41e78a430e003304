using nanoFramework.TestFramework;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>The page's fields for a second network and a static address.</summary>
[TestClass]
public class WifiFieldsTests
{
    private const string Minimum = ProvisioningHarness.Minimum;
    private const string Static = "&wifi.address=192.168.1.50&wifi.netmask=255.255.255.0&wifi.gateway=192.168.1.1&wifi.dns=9.9.9.9";

    private const string Stored = "{\"apiServer\":\"http://10.0.0.1:8001\",\"token\":\"stored-token\",\"wifi\":{\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\","
        + "\"gateway\":\"192.168.1.1\",\"dns\":\"9.9.9.9\",\"secondSsid\":\"phone\",\"secondPassword\":\"stored-second\",\"setupMinutes\":30,\"setupPassword\":\"stored-setup\"}}";

    [TestMethod]
    public void They_are_stored()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post(Minimum + Static + "&wifi.secondSsid=My+phone&wifi.secondPassword=typed-second")));

        WifiSettings wifi = board.Load().Wifi;
        Assert.AreEqual("192.168.1.50", wifi.Address.Address);
        Assert.AreEqual("255.255.255.0", wifi.Address.Netmask);
        Assert.AreEqual("192.168.1.1", wifi.Address.Gateway);
        Assert.AreEqual("9.9.9.9", wifi.Address.Dns);
        Assert.AreEqual("My phone", wifi.SecondSsid);
        Assert.AreEqual("typed-second", wifi.SecondPassword);
        Assert.IsFalse(board.Log.Text.Contains("typed-second"));
    }

    [TestMethod]
    public void What_is_stored_is_shown_but_for_the_passwords_and_folded_up_where_there_is_nothing()
    {
        string page = HttpAnswer.BodyOf(ProvisioningHarness.Serving(Stored).Get("/"));

        PageTests.AssertContains(page, "<details open>");
        PageTests.AssertContains(page, "id=wifi.secondSsid name=wifi.secondSsid aria-describedby=d-wifi.secondSsid autocapitalize=off spellcheck=false autocomplete=off type=text value=\"phone\"");
        PageTests.AssertContains(page, "type=text value=\"192.168.1.50\"");
        PageTests.AssertContains(page, "type=text value=\"9.9.9.9\"");
        Assert.IsFalse(page.Contains("stored-"));
        PageTests.AssertContains(HttpAnswer.BodyOf(ProvisioningHarness.Serving().Get("/")), "<details><summary>");
    }

    [TestMethod]
    public void A_password_that_is_left_empty_stays_with_its_network_and_what_has_no_field_stays_too()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001&wifi.secondSsid=phone" + Static)));

        WifiSettings wifi = board.Load().Wifi;
        Assert.AreEqual("stored-second", wifi.SecondPassword);
        Assert.AreEqual(30, wifi.SetupMinutes);
        Assert.AreEqual("stored-setup", wifi.SetupPassword);
        Assert.AreEqual("stored-token", board.Load().Token);
    }

    [TestMethod]
    public void What_is_emptied_is_gone()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001")));

        WifiSettings wifi = board.Load().Wifi;
        Assert.IsNull(wifi.Address);
        Assert.IsNull(wifi.SecondSsid);
        Assert.AreEqual("", wifi.SecondPassword);
    }

    [TestMethod]
    [DataRow("&wifi.secondSsid=theirs")]
    [DataRow("&wifi.secondSsid=phone&wifi.address=192.168.1.50&wifi.netmask=255.255.255.0&wifi.gateway=192.168.1.66&wifi.dns=9.9.9.9")]
    [DataRow("&wifi.secondSsid=phone&wifi.address=192.168.1.50&wifi.netmask=255.255.255.0&wifi.gateway=192.168.1.1&wifi.dns=192.168.1.66")]
    public void A_token_that_is_stored_goes_over_plain_HTTP_through_no_other_network(string fields)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving(Stored);

        string answer = board.Post("&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001" + fields);

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        PageTests.AssertContains(answer, "id=d-token>must be typed again");
        Assert.AreEqual(200, HttpAnswer.StatusOf(board.Post("&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001&token=mine" + fields)));
    }

    [TestMethod]
    [DataRow("&wifi.address=192.168.1.50", "wifi.netmask", "must be set too: wifi.address, ")]
    [DataRow("&wifi.address=192.168.1.50&wifi.netmask=255.255.255.0&wifi.gateway=192.168.2.1&wifi.dns=9.9.9.9", "wifi.gateway", "must be in the subnet of wifi.address")]
    [DataRow("&wifi.address=192.168.1.255&wifi.netmask=255.255.255.0&wifi.gateway=192.168.1.1&wifi.dns=9.9.9.9", "wifi.address", "must not be the subnet's own address")]
    [DataRow("&wifi.address=192.168.1.50&wifi.netmask=255.255.255.0&wifi.gateway=192.168.1.1&wifi.dns=here", "wifi.dns", "must be an IPv4 address")]
    [DataRow("&wifi.secondPassword=typed-second", "wifi.secondSsid", "must be set too")]
    [DataRow("&wifi.secondSsid=phone&wifi.secondPassword=short", "wifi.secondPassword", "must be 8 to 63 characters of ASCII, or empty")]
    [DataRow("&wifi.secondSsid=01234567890123456789012345678901&wifi.secondPassword=typed-second", "wifi.secondSsid", "must be at most 31 bytes")]
    public void What_is_wrong_is_told_beside_its_field(string fields, string field, string rule)
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post(Minimum + fields);

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        answer = HttpAnswer.BodyOf(answer);
        PageTests.AssertContains(answer, "<small class=e id=d-" + field + ">" + rule);
        PageTests.AssertContains(answer, "<details open>");
        Assert.IsFalse(answer.Contains("typed-second"));
        Assert.AreEqual(answer.IndexOf("class=e"), answer.LastIndexOf("class=e"), "one field is wrong");
        Assert.IsNull(board.Load());
    }

    [TestMethod]
    public void A_password_of_the_second_network_in_the_wrong_field_is_not_shown_again()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string answer = board.Post(Minimum + "&wifi.secondSsid=phone&wifi.secondPassword=typed-second&node=typed-second!");

        Assert.AreEqual(422, HttpAnswer.StatusOf(answer));
        Assert.IsFalse(answer.Contains("typed-second"));
    }
}
