using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Settings;

[TestClass]
public class SettingsReaderTests
{
    private const string Server = "\"apiServer\":\"https://192.168.1.10:6443\"";
    private const string Pem = "-----BEGIN CERTIFICATE-----\\nMAcwADAAAwEA\\n-----END CERTIFICATE-----\\n";

    [TestMethod]
    public void The_api_server_alone_is_enough()
    {
        DeviceSettings settings = Read("{" + Server + "}");

        Assert.AreEqual("192.168.1.10", settings.ApiServer.Host);
        Assert.AreEqual(6443, settings.ApiServer.Port);
        Assert.IsTrue(settings.ApiServer.IsSecure);
        Assert.IsNull(settings.NodeName);
        Assert.IsNull(settings.Token);
        Assert.IsNull(settings.Ca);
        Assert.AreEqual("picokubelet", settings.ConfigMapNamespace);
        Assert.IsNull(settings.ConfigMapName);
        Assert.AreEqual(10250, settings.KubeletPort);
        Assert.IsNull(settings.KubeletToken);
        Assert.AreEqual(0, settings.Labels.Count);
        Assert.IsNull(settings.Os);
        Assert.IsNull(settings.Arch);
        Assert.IsNull(settings.InstanceType);
        Assert.IsTrue(settings.HeartbeatMode == HeartbeatMode.Lease);
        Assert.AreEqual(10, settings.LeaseSeconds);
        Assert.AreEqual(300, settings.StatusSeconds);
        Assert.AreEqual("pool.ntp.org", settings.NtpServer);
        Assert.IsNull(settings.SyslogHost);
        Assert.IsTrue(settings.LogLevel == LogLevel.Info);
    }

    [TestMethod]
    public void Every_field_is_taken()
    {
        SettingsReader reader = new SettingsReader();
        DeviceSettings settings = reader.Read(new PiecewiseSource(
            "{\"nodeName\":\"pico-node-1\",\"apiServer\":\"http://proxy\",\"token\":\"t0k.en\",\"ca\":\"" + Pem + "\","
            + "\"configMap\":{\"namespace\":\"ns\",\"name\":\"cm.x\"},\"kubelet\":{\"port\":8080,\"token\":\"k~\"},"
            + "\"labels\":{\"room\":\"kitchen\",\"example.com/floor\":\"\"},\"os\":\"nano\",\"arch\":\"arm64\",\"instanceType\":\"my.board\",\"target\":\"ESP32_S3_QUAD\","
            + "\"heartbeat\":{\"mode\":\"status\",\"leaseSeconds\":5,\"statusSeconds\":60},\"ntpServer\":\"192.168.1.1\",\"syslog\":\"logs.local:5140\",\"logLevel\":\"debug\","
            + "\"pods\":{\"max\":2,\"pins\":[4],\"analog\":[0,5],\"i2c\":[\"0x23\",\"0x4A\"],\"insecureRegistries\":[\"192.168.1.10:5000\",\"r\"],\"registryCa\":\"" + Pem + "\"}}",
            3));

        Assert.AreEqual("pico-node-1", settings.NodeName);
        Assert.AreEqual("proxy", settings.ApiServer.Host);
        Assert.AreEqual("t0k.en", settings.Token);
        Assert.AreEqual(TestPem.Good, settings.Ca);
        Assert.AreEqual("ns", settings.ConfigMapNamespace);
        Assert.AreEqual("cm.x", settings.ConfigMapName);
        Assert.AreEqual(8080, settings.KubeletPort);
        Assert.AreEqual("k~", settings.KubeletToken);
        Assert.AreEqual(2, settings.Labels.Count);
        Assert.AreEqual("kitchen", settings.Labels.Value(settings.Labels.IndexOf("room")));
        Assert.AreEqual("", settings.Labels.Value(settings.Labels.IndexOf("example.com/floor")));
        Assert.AreEqual("nano", settings.Os);
        Assert.AreEqual("arm64", settings.Arch);
        Assert.AreEqual("my.board", settings.InstanceType);
        Assert.AreEqual("ESP32_S3_QUAD", settings.Target);
        Assert.IsTrue(settings.HeartbeatMode == HeartbeatMode.Status);
        Assert.AreEqual(5, settings.LeaseSeconds);
        Assert.AreEqual(60, settings.StatusSeconds);
        Assert.AreEqual("192.168.1.1", settings.NtpServer);
        Assert.AreEqual("logs.local", settings.SyslogHost);
        Assert.AreEqual(5140, settings.SyslogPort);
        Assert.IsTrue(settings.LogLevel == LogLevel.Debug);
        Assert.AreEqual(2, settings.MaxPods);
        Assert.IsTrue(settings.PodResources.Pins == 1UL << 4);
        Assert.AreEqual(5, settings.PodResources.Count);
        Assert.IsTrue(settings.PodResources.Has(ExtendedResources.Analog) && settings.PodResources.Has(ExtendedResources.Analog + 5));
        Assert.IsTrue(settings.PodResources.Has(ExtendedResources.I2c + 0x23) && settings.PodResources.Has(ExtendedResources.I2c + 0x4A));
        Assert.AreEqual("192.168.1.10:5000", settings.InsecureRegistries[0]);
        Assert.AreEqual("r", settings.InsecureRegistries[1]);
        Assert.IsNull(settings.InsecureRegistries[2]);
        Assert.AreEqual(TestPem.Good, settings.RegistryCa);
        Assert.IsNull(reader.UnknownField);
    }

    [TestMethod]
    [DataRow("\"heartbeat\":{\"leaseSeconds\":1}")]
    [DataRow("\"heartbeat\":{\"leaseSeconds\":20}")]
    [DataRow("\"heartbeat\":{\"statusSeconds\":10}")]
    [DataRow("\"heartbeat\":{\"statusSeconds\":3600}")]
    [DataRow("\"heartbeat\":{\"mode\":\"lease\"}")]
    [DataRow("\"heartbeat\":{}")]
    [DataRow("\"kubelet\":{\"port\":1}")]
    [DataRow("\"kubelet\":{\"port\":65535}")]
    [DataRow("\"logLevel\":\"info\"")]
    [DataRow("\"logLevel\":\"warning\"")]
    [DataRow("\"logLevel\":\"error\"")]
    [DataRow("\"labels\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"e\":\"1\",\"f\":\"1\",\"g\":\"1\",\"h\":\"1\",\"a\":\"2\"}")]
    public void Values_at_the_bounds_are_taken(string field)
    {
        Assert.IsNotNull(Read("{" + field + "," + Server + "}"));
    }

    [TestMethod]
    [DataRow("\"nodeName\":\"Pico\"", "nodeName: must be a Node's name: at most 63 of a-z, 0-9, - and .")]
    [DataRow("\"nodeName\":\"\"", "nodeName: must be a Node's name: at most 63 of a-z, 0-9, - and .")]
    [DataRow("\"nodeName\":1", "nodeName: must be a string")]
    [DataRow("\"nodeName\":null", "nodeName: must be a string")]
    [DataRow("\"apiServer\":\"192.168.1.10\"", "apiServer: must be a URL of scheme, host and port, such as https://192.168.1.10:6443")]
    [DataRow("\"apiServer\":\"https://[fd00::10]:6443\"", "apiServer: must be a host's name or an IPv4 address; boards have no IPv6")]
    [DataRow("\"apiServer\":\"https://fd00::10\"", "apiServer: must be a host's name or an IPv4 address; boards have no IPv6")]
    [DataRow("\"apiServer\":{}", "apiServer: must be a string")]
    [DataRow("\"token\":\"\"", "token: must not be empty")]
    [DataRow("\"token\":\"s3cr3t x\"", "token: must be printable ASCII without spaces")]
    [DataRow("\"token\":\"s3cr3t\\r\\nX: y\"", "token: must be printable ASCII without spaces")]
    [DataRow("\"token\":\"s3cr3t\\u00e9\"", "token: must be printable ASCII without spaces")]
    [DataRow("\"token\":\"s3cr3t\\u007f\"", "token: must be printable ASCII without spaces")]
    [DataRow("\"token\":[\"s3cr3t\"]", "token: must be a string")]
    [DataRow("\"ca\":\"s3cr3t\"", "ca: must be PEM: -----BEGIN CERTIFICATE----- \u2026")]
    [DataRow("\"ca\":\"-----BEGIN CERTIFICATE-----s3cr3t\"", "ca: certificate 1: -----END CERTIFICATE----- is missing")]
    [DataRow("\"ca\":true", "ca: must be a string")]
    [DataRow("\"configMap\":\"a\"", "configMap: must be an object")]
    [DataRow("\"configMap\":{\"namespace\":\"a.b\"}", "configMap.namespace: must be a namespace's name: at most 63 of a-z, 0-9 and -")]
    [DataRow("\"configMap\":{\"namespace\":7}", "configMap.namespace: must be a string")]
    [DataRow("\"configMap\":{\"name\":\"A\"}", "configMap.name: must be a ConfigMap's name: at most 253 of a-z, 0-9, - and .")]
    [DataRow("\"kubelet\":[]", "kubelet: must be an object")]
    [DataRow("\"kubelet\":{\"port\":0}", "kubelet.port: must be a whole number from 1 to 65535")]
    [DataRow("\"kubelet\":{\"port\":65536}", "kubelet.port: must be a whole number from 1 to 65535")]
    [DataRow("\"kubelet\":{\"port\":4294967297}", "kubelet.port: must be a whole number from 1 to 65535")]
    [DataRow("\"kubelet\":{\"port\":1.5}", "kubelet.port: must be a whole number from 1 to 65535")]
    [DataRow("\"kubelet\":{\"port\":\"10250\"}", "kubelet.port: must be a whole number from 1 to 65535")]
    [DataRow("\"kubelet\":{\"token\":\" s3cr3t\"}", "kubelet.token: must be printable ASCII without spaces")]
    [DataRow("\"kubelet\":{\"token\":null}", "kubelet.token: must be a string")]
    [DataRow("\"labels\":1", "labels: must be an object")]
    [DataRow("\"labels\":{\"-a\":\"1\"}", "labels: every key must be a label's key, such as room or example.com/room")]
    [DataRow("\"labels\":{\"a\":\"b c\"}", "labels.a: must be a label's value: at most 63 of A-Z, a-z, 0-9, -, _ and .")]
    [DataRow("\"labels\":{\"a\":1}", "labels.a: must be a string")]
    [DataRow("\"labels\":{\"kubernetes.io/hostname\":\"a\"}", "labels.kubernetes.io/hostname: is set by the node itself")]
    [DataRow("\"labels\":{\"kubernetes.io/os\":\"a\"}", "labels.kubernetes.io/os: is set by the node itself")]
    [DataRow("\"labels\":{\"kubernetes.io/arch\":\"a\"}", "labels.kubernetes.io/arch: is set by the node itself")]
    [DataRow("\"labels\":{\"node.kubernetes.io/instance-type\":\"a\"}", "labels.node.kubernetes.io/instance-type: is set by the node itself")]
    [DataRow("\"labels\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"e\":\"1\",\"f\":\"1\",\"g\":\"1\",\"h\":\"1\",\"i\":\"1\"}", "labels: at most 8")]
    [DataRow("\"os\":\"a b\"", "os: must be a label's value: at most 63 of A-Z, a-z, 0-9, -, _ and .")]
    [DataRow("\"arch\":\"-\"", "arch: must be a label's value: at most 63 of A-Z, a-z, 0-9, -, _ and .")]
    [DataRow("\"instanceType\":\"a/b\"", "instanceType: must be a label's value: at most 63 of A-Z, a-z, 0-9, -, _ and .")]
    [DataRow("\"heartbeat\":null", "heartbeat: must be an object")]
    [DataRow("\"heartbeat\":{\"mode\":\"both\"}", "heartbeat.mode: must be lease or status")]
    [DataRow("\"heartbeat\":{\"mode\":\"Lease\"}", "heartbeat.mode: must be lease or status")]
    [DataRow("\"heartbeat\":{\"mode\":1}", "heartbeat.mode: must be a string")]
    [DataRow("\"heartbeat\":{\"leaseSeconds\":0}", "heartbeat.leaseSeconds: must be a whole number from 1 to 20")]
    [DataRow("\"heartbeat\":{\"leaseSeconds\":21}", "heartbeat.leaseSeconds: must be a whole number from 1 to 20")]
    [DataRow("\"heartbeat\":{\"leaseSeconds\":-10}", "heartbeat.leaseSeconds: must be a whole number from 1 to 20")]
    [DataRow("\"heartbeat\":{\"statusSeconds\":9}", "heartbeat.statusSeconds: must be a whole number from 10 to 3600")]
    [DataRow("\"heartbeat\":{\"statusSeconds\":3601}", "heartbeat.statusSeconds: must be a whole number from 10 to 3600")]
    [DataRow("\"pods\":{\"pins\":4}", "pods.pins: must be a list of numbers")]
    [DataRow("\"pods\":{\"pins\":[2,3,4,5,6,7,8,9,10]}", "pods.pins: at most 8")]
    [DataRow("\"pods\":{\"analog\":[64]}", "pods.analog: must be a whole number from 0 to 63")]
    [DataRow("\"pods\":{\"analog\":[0,1,2,3,4]}", "pods.analog: at most 4")]
    [DataRow("\"pods\":{\"i2c\":\"0x23\"}", "pods.i2c: must be a list of addresses")]
    [DataRow("\"pods\":{\"i2c\":[35]}", "pods.i2c: must be a string")]
    [DataRow("\"pods\":{\"i2c\":[\"23\"]}", "pods.i2c: each must be a string from \"0x08\" to \"0x77\"")]
    [DataRow("\"pods\":{\"i2c\":[\"0x78\"]}", "pods.i2c: each must be a string from \"0x08\" to \"0x77\"")]
    [DataRow("\"pods\":{\"i2c\":[\"0x08\",\"0x09\",\"0x0a\",\"0x0b\",\"0x0c\",\"0x0d\",\"0x0e\",\"0x0f\",\"0x10\"]}", "pods.i2c: at most 8")]
    [DataRow("\"pods\":{\"insecureRegistries\":\"r\"}", "pods.insecureRegistries: must be a list of registries")]
    [DataRow("\"pods\":{\"insecureRegistries\":[1]}", "pods.insecureRegistries: must be a string")]
    [DataRow("\"pods\":{\"insecureRegistries\":[\"http://r\"]}", "pods.insecureRegistries: each must be a host, or host:port, such as 192.168.1.10:5000")]
    [DataRow("\"pods\":{\"insecureRegistries\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}", "pods.insecureRegistries: at most 4")]
    [DataRow("\"pods\":{\"registryCa\":\"s3cr3t\"}", "pods.registryCa: must be PEM: -----BEGIN CERTIFICATE----- \u2026")]
    [DataRow("\"ntpServer\":\"a b\"", "ntpServer: must be a host's name, in lower case, or its address")]
    [DataRow("\"ntpServer\":\"\"", "ntpServer: must be a host's name, in lower case, or its address")]
    [DataRow("\"syslog\":\"\"", "syslog: must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514")]
    [DataRow("\"syslog\":\"udp://10.0.0.1\"", "syslog: must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514")]
    [DataRow("\"syslog\":\"10.0.0.1:0\"", "syslog: must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514")]
    [DataRow("\"syslog\":\"10.0.0.1:65536\"", "syslog: must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514")]
    [DataRow("\"syslog\":\"10.0.0.1/\"", "syslog: must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514")]
    [DataRow("\"syslog\":{}", "syslog: must be a string")]
    [DataRow("\"logLevel\":\"verbose\"", "logLevel: must be debug, info, warning or error")]
    [DataRow("\"logLevel\":0", "logLevel: must be a string")]
    public void A_bad_value_is_named_with_its_rule_and_never_repeated(string field, string expected)
    {
        string message = Refusal("{" + Server + "," + field + "}");

        Assert.AreEqual(expected, message);
        Assert.DoesNotContains("s3cr3t", message);
    }

    [TestMethod]
    public void The_syslog_port_is_514_unless_it_is_given()
    {
        DeviceSettings settings = Read("{" + Server + ",\"syslog\":\"10.0.0.9\"}");

        Assert.AreEqual("10.0.0.9", settings.SyslogHost);
        Assert.AreEqual(514, settings.SyslogPort);
    }

    [TestMethod]
    [DataRow("nodeName", 63, 64, "nodeName: must be at most 63 bytes")]
    [DataRow("token", 2048, 2049, "token: must be at most 2048 bytes")]
    [DataRow("instanceType", 63, 64, "instanceType: must be at most 63 bytes")]
    [DataRow("ntpServer", 253, 254, "ntpServer: must be at most 253 bytes")]
    public void Texts_have_bounds(string field, int longest, int tooLong, string expected)
    {
        Assert.IsNotNull(Read("{" + Server + ",\"" + field + "\":\"" + Text(field, longest) + "\"}"));
        Assert.AreEqual(expected, Refusal("{" + Server + ",\"" + field + "\":\"" + Text(field, tooLong) + "\"}"));
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

    [TestMethod]
    public void The_certificates_have_a_bound()
    {
        string ca = TestPem.OfLength(4096);
        Assert.AreEqual(4096, ca.Length);

        Assert.AreEqual(ca, Read("{" + Server + ",\"ca\":\"" + Json(ca) + "\"}").Ca);
        Assert.AreEqual("ca: must be at most 4096 bytes", Refusal("{" + Server + ",\"ca\":\"" + Json(ca) + "A\"}"));
    }

    [TestMethod]
    [DataRow("", "not JSON: ")]
    [DataRow("{", "not JSON: ")]
    [DataRow("{\"token\":\"s3cr3t", "not JSON: ")]
    [DataRow("{\"token\":s3cr3t}", "not JSON: ")]
    [DataRow("{\"apiServer\":\"https://a\",}", "not JSON: ")]
    [DataRow("{\"apiServer\":\"https://a\"} s3cr3t", "not JSON: ")]
    [DataRow("{'apiServer':'https://a'}", "not JSON: ")]
    [DataRow("[]", "must be a JSON object")]
    [DataRow("null", "must be a JSON object")]
    [DataRow("\"s3cr3t\"", "must be a JSON object")]
    [DataRow("{}", "apiServer: must be set, for instance https://192.168.1.10:6443")]
    [DataRow("{\"token\":\"s3cr3t\"}", "apiServer: must be set, for instance https://192.168.1.10:6443")]
    public void A_document_that_is_none_is_refused(string document, string expected)
    {
        string message = Refusal(document);

        Assert.StartsWith(expected, message);
        Assert.DoesNotContains("s3cr3t", message);
    }

    [TestMethod]
    [DataRow("{\"colour\":{\"a\":[1]}," + Server + "}", "colour")]
    [DataRow("{" + Server + ",\"kubelet\":{\"colour\":1,\"port\":1}}", "kubelet.colour")]
    [DataRow("{" + Server + ",\"configMap\":{\"colour\":null}}", "configMap.colour")]
    [DataRow("{" + Server + ",\"heartbeat\":{\"colour\":\"a\"}}", "heartbeat.colour")]
    [DataRow("{\"a\":1,\"b\":2," + Server + "}", "a")]
    [DataRow("{\"ApiServer\":1," + Server + "}", "ApiServer")]
    public void An_unknown_field_is_noted_and_the_rest_is_read(string document, string field)
    {
        SettingsReader reader = new SettingsReader();

        Assert.AreEqual("192.168.1.10", reader.Read(new PiecewiseSource(document)).ApiServer.Host);
        Assert.AreEqual(field, reader.UnknownField);

        reader.Read(new PiecewiseSource("{" + Server + "}"));
        Assert.IsNull(reader.UnknownField);
    }

    [TestMethod]
    public void A_byte_order_mark_does_not_matter()
    {
        Assert.IsNotNull(Read("\uFEFF{" + Server + "}"));
    }

    private static string Text(string field, int length)
    {
        // The pool's host needs no dots for its length.
        return field == "ntpServer" ? "a." + new string('a', 60) + "." + new string('b', length - 63) : new string('a', length);
    }

    private static DeviceSettings Read(string document)
    {
        return new SettingsReader().Read(new PiecewiseSource(document, 7));
    }

    private static string Refusal(string document)
    {
        try
        {
            Read(document);
        }
        catch (SettingsException e)
        {
            Assert.IsTrue(e.Field == null || e.Message.StartsWith(e.Field + ": "));
            return e.Message;
        }

        return "taken";
    }
}
