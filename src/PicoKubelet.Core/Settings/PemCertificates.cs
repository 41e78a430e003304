using System;

namespace PicoKubelet.Settings;

/// <summary>Checks certificates in PEM, see <see cref="PemText"/>: each has to have a certificate's outer form.</summary>
public static class PemCertificates
{
    private const string Label = "CERTIFICATE";

    /// <summary>Checks and mends a text.</summary>
    /// <param name="field">The settings' field that it is the value of.</param>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where nothing was to be mended; otherwise the certificates alone, in lines.</returns>
    /// <exception cref="SettingsException">mbedTLS would not take it; the message says why.</exception>
    public static string Check(string field, string text)
    {
        return Check(field, text, true, out _);
    }

    /// <summary>Checks and mends a text, and gives the certificate that it begins with.</summary>
    /// <param name="field">The settings' field that it is the value of.</param>
    /// <param name="text">The text.</param>
    /// <param name="first">The first certificate, DER; bytes of no meaning may follow.</param>
    /// <returns>The text itself where nothing was to be mended; otherwise the certificates alone, in lines.</returns>
    /// <exception cref="SettingsException">mbedTLS would not take it; the message says why.</exception>
    internal static string Check(string field, string text, out byte[] first)
    {
        return Check(field, text, false, out first);
    }

    private static string Check(string field, string text, bool areAuthorities, out byte[] first)
    {
        if (text.IndexOf("PRIVATE KEY") >= 0)
        {
            throw new SettingsException(field, "holds a private key, which belongs nowhere but where it was made; only certificates");
        }

        first = null;
        PemText pem = new PemText(field, text, Label, "certificate");
        while (pem.Read())
        {
            if (!IsCertificate(pem.Content, pem.ContentLength))
            {
                throw pem.Wrong("its base64 is no certificate, or not all of one");
            }

            if (areAuthorities && !MayBeAuthority(pem.Content, pem.ContentLength))
            {
                throw pem.Wrong("is no CA's, but one that a CA signed");
            }

            first = first ?? pem.Content;
        }

        return first != null ? pem.Mended() : throw new SettingsException(field, "must be PEM: " + PemText.BeginOf(Label) + " \u2026");
    }

    /// <summary>
    /// Looks whether others may be checked with a certificate: one that says that it is no CA's (RFC 5280, 4.2.1.9) is good for
    /// itself alone, where it signed itself.
    /// </summary>
    private static bool MayBeAuthority(byte[] der, int length)
    {
        byte[] basicConstraints = { 0x06, 0x03, 0x55, 0x1d, 0x13 };
        int extension = Der.FindEnd(der, 0, length, basicConstraints, 0, basicConstraints.Length);
        if (extension < 0)
        {
            return true;
        }

        int critical = Der.Skip(der, extension, length, Der.Boolean);
        int value = Der.Enter(der, critical < 0 ? extension : critical, length, Der.OctetString);
        return Der.Skip(der, Der.Enter(der, value, length, Der.Sequence), length, Der.Boolean) > 0 || IsSelfIssued(der);
    }

    private static bool IsSelfIssued(byte[] der)
    {
        try
        {
            return new CertificateFields(der).IsSelfIssued;
        }
        catch (Exception e)
        {
            if (e is OutOfMemoryException)
            {
                throw;
            }

            // What it is can not be told; mbedTLS will.
            return true;
        }
    }

    /// <summary>Looks for a certificate's outer form (RFC 5280, 4.1): a SEQUENCE of a SEQUENCE, a SEQUENCE and a BIT STRING, to the last byte.</summary>
    private static bool IsCertificate(byte[] der, int length)
    {
        int at = Der.Enter(der, 0, length, Der.Sequence, true);
        at = Der.Skip(der, at, length, Der.Sequence);
        at = Der.Skip(der, at, length, Der.Sequence);
        return Der.Skip(der, at, length, Der.BitString, true) == length;
    }
}
