using PicoKubelet.Settings;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Api;

[TestClass]
public class ApiEndpointTests
{
    [TestMethod]
    [DataRow("https://192.168.1.10:6443", "192.168.1.10", 6443, true)]
    [DataRow("https://192.168.1.10:6443/", "192.168.1.10", 6443, true)]
    [DataRow("http://proxy", "proxy", 80, false)]
    [DataRow("https://api.Example-1.com", "api.Example-1.com", 443, true)]
    [DataRow("http://a:1", "a", 1, false)]
    [DataRow("http://a:65535", "a", 65535, false)]
    [DataRow("http://a:00080", "a", 80, false)]
    public void A_url_names_scheme_host_and_port(string url, string host, int port, bool isSecure)
    {
        ApiEndpoint endpoint = ApiEndpoint.Parse(url);

        Assert.AreEqual(host, endpoint.Host);
        Assert.AreEqual(port, endpoint.Port);
        Assert.AreEqual(isSecure, endpoint.IsSecure);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("192.168.1.10:6443")]
    [DataRow("ftp://a")]
    [DataRow("HTTPS://a")]
    [DataRow("https:/a")]
    [DataRow("https://")]
    [DataRow("https:///")]
    [DataRow("https://:6443")]
    [DataRow("https://a:")]
    [DataRow("https://a:0")]
    [DataRow("https://a:65536")]
    [DataRow("https://a:99999999999999999999")]
    [DataRow("https://a:-1")]
    [DataRow("https://a:64a")]
    [DataRow("https://a:1:2")]
    [DataRow("https://a//")]
    [DataRow("https://a/api")]
    [DataRow("https://a?b")]
    [DataRow("https://user@a")]
    [DataRow("https://[::1]:6443")]
    [DataRow("https://a b")]
    [DataRow("https://a\r\nX: y")]
    [DataRow("https://\u00E9")]
    [DataRow("https://a_b")]
    public void Anything_else_is_no_endpoint(string url)
    {
        Assert.IsNull(ApiEndpoint.Parse(url));
    }

    [TestMethod]
    public void A_hosts_name_has_253_characters_at_most()
    {
        Assert.IsNotNull(ApiEndpoint.Parse("https://" + new string('a', 253)));
        Assert.IsNull(ApiEndpoint.Parse("https://" + new string('a', 254)));
    }
}
