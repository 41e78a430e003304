using System;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Settings;

/// <summary>A certificate and its private key, by which one end of a TLS connection shows who it is.</summary>
public sealed class TlsIdentity
{
    private TlsIdentity(string certificate, string key, CertificateFields fields)
    {
        Certificate = certificate;
        Key = key;
        NotAfter = fields.NotAfter;
        Organization = fields.Organization;
        CommonName = fields.CommonName;
    }

    /// <summary>Gets the certificate, and those of CAs between it and the cluster's where there are any: PEM.</summary>
    public string Certificate { get; private set; }

    /// <summary>Gets the private key, PEM. Never logged, never served.</summary>
    public string Key { get; private set; }

    /// <summary>Gets until when the certificate is valid, UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>Gets the organization of the certificate's subject, or null.</summary>
    public string Organization { get; }

    /// <summary>Gets the common name of the certificate's subject, or null.</summary>
    public string CommonName { get; }

    /// <summary>Reads and checks two settings that belong together.</summary>
    /// <param name="certificateField">The certificate's field.</param>
    /// <param name="certificate">The certificate, PEM, or null.</param>
    /// <param name="keyField">The key's field.</param>
    /// <param name="key">The private key, PEM, or null.</param>
    /// <returns>The two, or null where there are none.</returns>
    /// <exception cref="SettingsException">They are of no use; the message names the field and says why, and nothing of the key.</exception>
    public static TlsIdentity Read(string certificateField, string certificate, string keyField, string key)
    {
        if (certificate == null && key == null)
        {
            return null;
        }

        if (certificate == null || key == null)
        {
            throw new SettingsException(key == null ? keyField : certificateField, "must be set too: a certificate and its key go together");
        }

        string goodCertificate = PemCertificates.Check(certificateField, certificate, out byte[] first);
        string goodKey = PemPrivateKey.Check(keyField, key, out byte[] der);
        CertificateFields fields = ReadFields(certificateField, first);
        if (!fields.HasUsableKey)
        {
            throw new SettingsException(certificateField, "must be for an RSA key or for one on the curve P-256");
        }

        if (!fields.IsOf(der))
        {
            throw new SettingsException(keyField, "is not the key of " + certificateField);
        }

        // A device has no clock yet when it reads its settings, unless it was only restarted.
        DateTime now = DateTime.UtcNow;
        if (PlausibleTime.Includes(now) && now > fields.NotAfter)
        {
            throw new SettingsException(certificateField, "has expired on " + fields.NotAfter.ToString("yyyy-MM-ddTHH:mm:ssZ") + "; the enroll program makes another one with --rotate");
        }

        return new TlsIdentity(goodCertificate, goodKey, fields);
    }

    /// <summary>Has the key taken out of whatever the board tells.</summary>
    /// <param name="secrets">What does so.</param>
    public void Conceal(SecretMask secrets)
    {
        PemPrivateKey.Conceal(Key, secrets);
    }

    /// <summary>Forgets the certificate's and the key's text, once TLS holds them in a form of its own. What the certificate says is still known.</summary>
    public void ForgetText()
    {
        Certificate = null;
        Key = null;
    }

    private static CertificateFields ReadFields(string field, byte[] der)
    {
        try
        {
            return new CertificateFields(der);
        }
        catch (Exception e)
        {
            if (e is OutOfMemoryException)
            {
                throw;
            }

            throw new SettingsException(field, "certificate 1: its dates or its subject can not be read");
        }
    }
}
