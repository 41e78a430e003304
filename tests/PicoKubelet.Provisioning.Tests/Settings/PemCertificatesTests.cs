using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Settings;

[TestClass]
public class PemCertificatesTests
{
    private const string Begin = TestPem.Begin;
    private const string End = TestPem.End;
    private const string Body = TestPem.Body;

    [TestMethod]
    [DataRow(Begin + "\n" + Body + "\n" + End)]
    [DataRow(Begin + "\r\nMAcw\r\nADAAAwEA\r\n" + End + "\r\n")]
    [DataRow(Begin + " \nMAcw  \nADAAAwEA \n\n" + End + "\n")]
    [DataRow("subject=CN = k3s\n" + Begin + "\n" + Body + "\n" + End + "\nissuer\n" + Begin + "\n" + TestPem.OtherBody + "\n" + End + "\n")]
    public void What_mbedTLS_takes_stays_as_it_is(string pem)
    {
        Assert.AreEqual(pem, PemCertificates.Check("ca", pem));
    }

    [TestMethod]
    [DataRow(Begin + "\\n" + Body + "\\n" + End + "\\n")]
    [DataRow(Begin + "\\r\\n" + Body + "\\r\\n" + End)]
    [DataRow(Begin + " " + Body + " " + End)]
    [DataRow(Begin + " MAcw ADAA AwEA " + End)]
    [DataRow(Begin + "\nMAcw ADAAAwEA\n" + End)]
    [DataRow(Begin + "\rMAcw\rADAAAwEA\r" + End)]
    [DataRow(Begin + "\n\tMAcwADAAAwEA\n" + End)]
    [DataRow(Begin + Body + End)]
    public void Lost_line_ends_are_put_right(string pem)
    {
        Assert.AreEqual(TestPem.Good, PemCertificates.Check("ca", pem));
    }

    [TestMethod]
    [DataRow(TestIdentity.Authority)]
    [DataRow(TestIdentity.SelfSigned)]
    [DataRow(TestIdentity.Certificate)]
    public void What_others_may_be_checked_with_stays_as_it_is(string pem)
    {
        Assert.AreEqual(pem, PemCertificates.Check("ca", pem));
    }

    [TestMethod]
    public void Several_certificates_are_put_right_in_lines_of_64()
    {
        string longBody = Lines(TestPem.OfLength(400));
        string expected = longBody + TestPem.Good;

        Assert.AreEqual(expected, PemCertificates.Check("ca", Spaces(expected)));
        Assert.AreEqual(expected, PemCertificates.Check("ca", expected));
    }

    [TestMethod]
    [DataRow("", "ca: must be PEM: -----BEGIN CERTIFICATE----- \u2026")]
    [DataRow(Body, "ca: must be PEM: -----BEGIN CERTIFICATE----- \u2026")]
    [DataRow("-----BEGIN TRUSTED CERTIFICATE-----\n" + Body + "\n-----END TRUSTED CERTIFICATE-----", "ca: must be PEM: -----BEGIN CERTIFICATE----- \u2026")]
    [DataRow(End + "\n" + Begin, "ca: certificate 1: -----END CERTIFICATE----- is missing")]
    [DataRow(Begin + "\n" + Body, "ca: certificate 1: -----END CERTIFICATE----- is missing")]
    [DataRow(Begin + "\n" + End, "ca: certificate 1: nothing is between the markers")]
    [DataRow(Begin + "\\n" + End, "ca: certificate 1: nothing is between the markers")]
    [DataRow(Begin + "\nMAcw!DAAAwEA\n" + End, "ca: certificate 1: something between the markers is not base64")]
    [DataRow(Begin + "\nMAcw-DAAAwEA\n" + End, "ca: certificate 1: something between the markers is not base64")]
    [DataRow(Begin + "\nMA=wADAAAwEA\n" + End, "ca: certificate 1: something between the markers is not base64")]
    [DataRow(Begin + "\nMAcwADAAAwE\n" + End, "ca: certificate 1: its base64 is not whole")]
    [DataRow(Begin + "\nMAcwADAA\n" + End, "ca: certificate 1: its base64 is no certificate, or not all of one")]
    [DataRow(Begin + "\nMIIB\n" + End, "ca: certificate 1: its base64 is no certificate, or not all of one")]
    [DataRow(Begin + "\nMAcwADAAAwEAAAAA\n" + End, "ca: certificate 1: its base64 is no certificate, or not all of one")]
    [DataRow(TestPem.Good + Begin + "\nAAAA\n" + End, "ca: certificate 2: its base64 is no certificate, or not all of one")]
    [DataRow(TestIdentity.Leaf, "ca: certificate 1: is no CA's, but one that a CA signed")]
    [DataRow(TestIdentity.Authority + TestIdentity.Leaf, "ca: certificate 2: is no CA's, but one that a CA signed")]
    [DataRow(TestPem.Good + "-----BEGIN EC PRIVATE KEY-----\nMAcw\n-----END EC PRIVATE KEY-----\n", "ca: holds a private key, which belongs nowhere but where it was made; only certificates")]
    public void What_can_not_be_put_right_is_named(string pem, string expected)
    {
        string message = null;
        try
        {
            PemCertificates.Check("ca", pem);
        }
        catch (SettingsException e)
        {
            message = e.Message;
        }

        Assert.AreEqual(expected, message);
    }

    /// <summary>Breaks the body into lines of 64, without what stands before.</summary>
    private static string Lines(string pem)
    {
        string body = pem.Substring(pem.IndexOf("\n") + 1);
        body = body.Substring(0, body.IndexOf("\n"));
        StringBuilder lines = new StringBuilder(Begin + "\n");
        for (int i = 0; i < body.Length; i += 64)
        {
            lines.Append(body.Substring(i, body.Length - i < 64 ? body.Length - i : 64));
            lines.Append("\n");
        }

        return lines.ToString() + End + "\n";
    }

    private static string Spaces(string pem)
    {
        StringBuilder spaced = new StringBuilder();
        for (int i = 0; i < pem.Length; i++)
        {
            spaced.Append(pem[i] == '\n' ? ' ' : pem[i]);
        }

        return spaced.ToString();
    }
}
