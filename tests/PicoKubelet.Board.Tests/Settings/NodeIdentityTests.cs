using System;
using nanoFramework.TestFramework;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Settings;

[TestClass]
public class NodeIdentityTests
{
    private const string Server = "\"apiServer\":\"https://192.168.1.10:6443\"";

    [TestMethod]
    public void A_board_takes_its_name_from_its_certificate()
    {
        DeviceSettings settings = Read(Pair(TestIdentity.Certificate, TestIdentity.Key));

        Assert.AreEqual("pico-node-1", settings.NodeName);
        Assert.AreEqual(TestIdentity.Certificate, settings.ClientIdentity.Certificate);
        Assert.AreEqual(TestIdentity.Key, settings.ClientIdentity.Key);
        Assert.IsTrue(settings.ClientIdentity.NotAfter == new DateTime(2049, 12, 31, 23, 59, 58));
        Assert.IsFalse(settings.HasToken);
    }

    [TestMethod]
    public void Rsa_and_another_form_of_the_key_will_do()
    {
        Assert.AreEqual("pico-node-1", Read("\"nodeName\":\"pico-node-1\"," + Pair(TestIdentity.Certificate, TestIdentity.KeyInPkcs8)).NodeName);

        DeviceSettings rsa = Read(Pair(TestIdentity.RsaCertificate, TestIdentity.RsaKey));

        // The runtime's calendar ends before.
        Assert.AreEqual(2999, rsa.ClientIdentity.NotAfter.Year);
    }

    [TestMethod]
    public void Lost_line_ends_are_put_right()
    {
        DeviceSettings settings = Read(Pair(Spaced(TestIdentity.Certificate), Spaced(TestIdentity.Key)));

        Assert.AreEqual(TestIdentity.Certificate, settings.ClientIdentity.Certificate);
        Assert.AreEqual(TestIdentity.Key, settings.ClientIdentity.Key);
    }

    [TestMethod]
    public void What_is_written_is_read_again()
    {
        DeviceSettings settings = Read(Pair(TestIdentity.Certificate, TestIdentity.Key));
        JsonWriter json = new JsonWriter(new Utf8Writer(4096));
        SettingsWriter.Write(settings, json);

        DeviceSettings again = new SettingsReader().Read(new BufferSource(json.Output.Buffer, json.Output.Start, json.Output.Length));

        Assert.AreEqual(TestIdentity.Certificate, again.ClientIdentity.Certificate);
        Assert.AreEqual(TestIdentity.Key, again.ClientIdentity.Key);
    }

    [TestMethod]
    public void What_does_not_belong_together_is_named()
    {
        Expect("clientKey: must be set too: a certificate and its key go together", "\"clientCertificate\":" + TestIdentity.Quoted(TestIdentity.Certificate));
        Expect("clientCertificate: must be set too: a certificate and its key go together", "\"clientKey\":" + TestIdentity.Quoted(TestIdentity.Key));
        Expect("clientKey: is not the key of clientCertificate", Pair(TestIdentity.Certificate, TestIdentity.OtherKey));
        Expect("clientKey: is not the key of clientCertificate", Pair(TestIdentity.RsaCertificate, TestIdentity.Key));
        Expect("clientCertificate: must be for an RSA key or for one on the curve P-256", Pair(TestIdentity.WideCertificate, TestIdentity.WideKey));
        Assert.IsFalse(NodeIdentity.IsNode(Read(Pair(TestIdentity.AdminCertificate, TestIdentity.Key)).ClientIdentity));
        Expect("clientCertificate: is for another node than nodeName", "\"nodeName\":\"pico-node-2\"," + Pair(TestIdentity.Certificate, TestIdentity.Key));
        Expect("token: must not be set beside clientCertificate: the board signs in with one of the two", "\"token\":\"t\"," + Pair(TestIdentity.Certificate, TestIdentity.Key));
    }

    [TestMethod]
    public void Plain_http_shows_no_certificate()
    {
        Expect(
            "apiServer: must begin with https:// where there is a clientCertificate, which nothing but TLS shows",
            "{\"apiServer\":\"http://proxy\"," + Pair(TestIdentity.Certificate, TestIdentity.Key) + "}",
            isWhole: true);
    }

    [TestMethod]
    [DataRow("", "clientKey: must be a private key in PEM: -----BEGIN PRIVATE KEY----- \u2026")]
    [DataRow(TestPem.Good, "clientKey: must be a private key in PEM: -----BEGIN PRIVATE KEY----- \u2026")]
    [DataRow("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAcw\n-----END ENCRYPTED PRIVATE KEY-----\n", "clientKey: is encrypted, and a board knows no password; openssl pkey takes it off")]
    [DataRow("-----BEGIN EC PRIVATE KEY-----\nMAcw\n", "clientKey: key 1: -----END EC PRIVATE KEY----- is missing")]
    [DataRow("-----BEGIN RSA PRIVATE KEY-----\nMA!w\n-----END RSA PRIVATE KEY-----", "clientKey: key 1: something between the markers is not base64")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMAcw\n-----END PRIVATE KEY-----", "clientKey: key 1: its base64 is no private key, or not all of one")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMAMCAQAA\n-----END PRIVATE KEY-----", "clientKey: key 1: its base64 is no private key, or not all of one")]
    [DataRow(TestIdentity.Key + TestIdentity.OtherKey, "clientKey: key 2: only one is wanted")]
    public void A_key_that_can_not_be_read_is_named(string key, string expected)
    {
        Expect(expected, Pair(TestIdentity.Certificate, key));
    }

    [TestMethod]
    public void A_certificate_that_can_not_be_read_is_named()
    {
        Expect("clientCertificate: certificate 1: its dates or its subject can not be read", Pair(TestPem.Good, TestIdentity.Key));
        Expect("clientCertificate: must be PEM: -----BEGIN CERTIFICATE----- \u2026", Pair("x", TestIdentity.Key));
    }

    [TestMethod]
    public void The_key_is_taken_out_of_what_is_told()
    {
        SecretMask secrets = new SecretMask();
        Read(Pair(TestIdentity.Certificate, TestIdentity.Key)).ClientIdentity.Conceal(secrets);
        string piece = TestIdentity.Key.Substring(60, 24);

        Assert.AreEqual("see *** here", secrets.Mask("see " + piece + " here"));
        Assert.AreEqual("-----BEGIN CERTIFICATE-----", secrets.Mask("-----BEGIN CERTIFICATE-----"));
    }

    private static string Pair(string certificate, string key)
    {
        return "\"clientCertificate\":" + TestIdentity.Quoted(certificate) + ",\"clientKey\":" + TestIdentity.Quoted(key);
    }

    private static string Spaced(string pem)
    {
        string spaced = string.Empty;
        foreach (char letter in pem)
        {
            spaced += letter == '\n' ? ' ' : letter;
        }

        return spaced;
    }

    private static DeviceSettings Read(string fields)
    {
        return new SettingsReader().Read(new PiecewiseSource("{" + Server + "," + fields + "}", 64));
    }

    private static void Expect(string expected, string fields, bool isWhole = false)
    {
        string message = null;
        try
        {
            new SettingsReader().Read(new PiecewiseSource(isWhole ? fields : "{" + Server + "," + fields + "}", 64));
        }
        catch (SettingsException e)
        {
            message = e.Message;
        }

        Assert.AreEqual(expected, message);
    }
}
