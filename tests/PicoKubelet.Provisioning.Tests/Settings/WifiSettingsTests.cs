using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Settings;

/// <summary>What the settings say of Wi-Fi.</summary>
[TestClass]
public class WifiSettingsTests
{
    private const string Full = "\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\",\"gateway\":\"192.168.1.1\",\"dns\":\"9.9.9.9\","
        + "\"secondSsid\":\"phone\",\"secondPassword\":\"second-password\",\"setupMinutes\":0,\"setupPassword\":\"setup-password\"";

    private const string Together = "must be set too: wifi.address, wifi.netmask, wifi.gateway and wifi.dns go together";
    private const string NoAddress = "must be an IPv4 address such as 192.168.1.50";
    private const string NoNetmask = "must be a netmask such as 255.255.255.0";
    private const string NoHost = "must not be the subnet's own address or its broadcast address";

    [TestMethod]
    public void Without_any_there_is_DHCP_and_one_network()
    {
        WifiSettings wifi = Read("").Wifi;

        Assert.IsNull(wifi.Address);
        Assert.IsNull(wifi.SecondSsid);
        Assert.AreEqual("", wifi.SecondPassword);
        Assert.AreEqual(10, wifi.SetupMinutes);
        Assert.IsNull(wifi.SetupPassword);
    }

    [TestMethod]
    public void All_of_it_is_taken_and_written_again()
    {
        DeviceSettings settings = Read(Full);
        for (int i = 0; i < 2; i++)
        {
            WifiSettings wifi = settings.Wifi;
            Assert.IsTrue(StaticAddress.AreSame(new StaticAddress("192.168.1.50", "255.255.255.0", "192.168.1.1", "9.9.9.9"), wifi.Address));
            Assert.AreEqual("phone", wifi.SecondSsid);
            Assert.AreEqual("second-password", wifi.SecondPassword);
            Assert.AreEqual(0, wifi.SetupMinutes);
            Assert.AreEqual("setup-password", wifi.SetupPassword);

            JsonWriter json = new JsonWriter(new Utf8Writer(1024));
            SettingsWriter.Write(settings, json);
            settings = new SettingsReader().Read(new BufferSource(json.Output.Buffer, json.Output.Start, json.Output.Length));
        }
    }

    [TestMethod]
    [DataRow("10.0.0.1", "255.0.0.0", "10.255.255.254")]
    [DataRow("192.168.1.1", "255.255.255.252", "192.168.1.2")]
    [DataRow("172.16.255.255", "255.254.0.0", "172.17.0.0")]
    [DataRow("127.1.0.1", "255.0.0.0", "127.0.0.1")]
    public void Addresses_at_the_bounds_are_taken(string address, string netmask, string gateway)
    {
        Assert.AreEqual(address, Read(Addresses(address, netmask, gateway, "1.1.1.1")).Wifi.Address.Address);
    }

    [TestMethod]
    [DataRow("\"address\":\"192.168.1.50\"", "wifi.netmask: " + Together)]
    [DataRow("\"netmask\":\"255.255.255.0\",\"gateway\":\"192.168.1.1\",\"dns\":\"1.1.1.1\"", "wifi.address: " + Together)]
    [DataRow("\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\",\"dns\":\"1.1.1.1\"", "wifi.gateway: " + Together)]
    [DataRow("\"address\":\"192.168.1.50\",\"netmask\":\"255.255.255.0\",\"gateway\":\"192.168.1.1\"", "wifi.dns: " + Together)]
    [DataRow("\"address\":7", "wifi.address: must be a string")]
    [DataRow("\"address\":\"2001:db8::1:2:3\"", "wifi.netmask: " + Together)]
    [DataRow("\"address\":\"2001:db8::1:2:3:4\"", "wifi.address: must be at most 15 bytes")]
    [DataRow("\"secondSsid\":\"\"", "wifi.secondSsid: must be a network's name of 1 to 31 bytes")]
    [DataRow("\"secondSsid\":\"01234567890123456789012345678901\"", "wifi.secondSsid: must be at most 31 bytes")]
    [DataRow("\"secondPassword\":\"s3cr3t-password\"", "wifi.secondSsid: must be set too: the password alone is of no use")]
    [DataRow("\"secondSsid\":\"phone\",\"secondPassword\":\"s3cr3t!\"", "wifi.secondPassword: must be 8 to 63 characters of ASCII, or empty for a network without a password")]
    [DataRow("\"secondSsid\":\"phone\",\"secondPassword\":\"s3cr3t-\\u00e9\"", "wifi.secondPassword: must be 8 to 63 characters of ASCII, or empty for a network without a password")]
    [DataRow("\"setupPassword\":\"\"", "wifi.setupPassword: must be 8 to 63 characters of ASCII")]
    [DataRow("\"setupMinutes\":-1", "wifi.setupMinutes: must be a whole number from 0 to 1440")]
    [DataRow("\"setupMinutes\":1441", "wifi.setupMinutes: must be a whole number from 0 to 1440")]
    public void What_is_wrong_is_named(string fields, string expected)
    {
        Assert.AreEqual(expected, Refusal(fields));
    }

    [TestMethod]
    [DataRow("192.168.1", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("192.168.1.256", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("192.168.1.+5", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("192.168..5", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("0.168.1.5", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("224.0.0.5", "255.255.255.0", "224.0.0.1", "1.1.1.1", "wifi.address: " + NoAddress)]
    [DataRow("192.168.1.50", "255.255.0.255", "192.168.1.1", "1.1.1.1", "wifi.netmask: " + NoNetmask)]
    [DataRow("192.168.1.50", "255.255.255.254", "192.168.1.51", "1.1.1.1", "wifi.netmask: " + NoNetmask)]
    [DataRow("192.168.1.50", "255.255.255.255", "192.168.1.51", "1.1.1.1", "wifi.netmask: " + NoNetmask)]
    [DataRow("192.168.1.50", "0.0.0.0", "192.168.1.1", "1.1.1.1", "wifi.netmask: " + NoNetmask)]
    [DataRow("192.168.1.50", "/24", "192.168.1.1", "1.1.1.1", "wifi.netmask: " + NoNetmask)]
    [DataRow("192.168.1.0", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoHost)]
    [DataRow("192.168.1.255", "255.255.255.0", "192.168.1.1", "1.1.1.1", "wifi.address: " + NoHost)]
    [DataRow("192.168.1.50", "255.255.255.0", "192.168.1.0", "1.1.1.1", "wifi.gateway: " + NoHost)]
    [DataRow("192.168.1.50", "255.255.255.0", "192.168.1.255", "1.1.1.1", "wifi.gateway: " + NoHost)]
    [DataRow("192.168.1.50", "255.255.255.0", "192.168.2.1", "1.1.1.1", "wifi.gateway: must be in the subnet of wifi.address")]
    [DataRow("192.168.1.50", "255.255.255.0", "192.168.1.50", "1.1.1.1", "wifi.gateway: must be another address than wifi.address")]
    [DataRow("192.168.1.50", "255.255.255.0", "192.168.1.1", "dns.example", "wifi.dns: " + NoAddress)]
    public void A_static_address_must_make_sense(string address, string netmask, string gateway, string dns, string expected)
    {
        Assert.AreEqual(expected, Refusal(Addresses(address, netmask, gateway, dns)));
    }

    [TestMethod]
    public void What_one_document_said_is_forgotten_with_the_next()
    {
        SettingsReader reader = new SettingsReader();
        reader.Read(new PiecewiseSource(Document(Full)));

        Assert.IsNull(reader.Read(new PiecewiseSource(Document(""))).Wifi.Address);
    }

    [TestMethod]
    [DataRow("\"secondPassword\":\"s3cr3t-p4ssword\",\"secondSsid\":\"phone\",\"s3cr3t-p4ssword\":1", "level=warning msg=\"settings hold a field that is not known\" field=wifi.***")]
    [DataRow("\"setupPassword\":\"s3cr3t-p4ssword\",\"s3cr3t-p4ssword\":1", "level=warning msg=\"settings hold a field that is not known\" field=wifi.***")]
    public void The_passwords_are_not_logged(string fields, string expected)
    {
        RecordingLog log = new RecordingLog();
        FakeFiles files = new FakeFiles();
        files.Put(SettingsStore.FileName, System.Text.Encoding.UTF8.GetBytes(Document(fields)));

        Assert.IsNotNull(new SettingsStore(new AtomicStorage(files), new Logger(log, new TimeKeeper(new ManualClock()))).Load());

        Assert.AreEqual(expected + "\n", log.Text);
    }

    private static string Addresses(string address, string netmask, string gateway, string dns)
    {
        return "\"address\":\"" + address + "\",\"netmask\":\"" + netmask + "\",\"gateway\":\"" + gateway + "\",\"dns\":\"" + dns + "\"";
    }

    private static string Document(string fields)
    {
        return "{\"wifi\":{" + fields + "},\"apiServer\":\"https://192.168.1.10:6443\"}";
    }

    private static DeviceSettings Read(string fields)
    {
        return new SettingsReader().Read(new PiecewiseSource(Document(fields), 7));
    }

    private static string Refusal(string fields)
    {
        try
        {
            Read(fields);
        }
        catch (SettingsException e)
        {
            Assert.DoesNotContains("s3cr3t", e.Message);
            return e.Message;
        }

        return "taken";
    }
}
