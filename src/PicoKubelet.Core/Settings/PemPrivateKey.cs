using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>Checks a private key in PEM, see <see cref="PemText"/>, in one of the three forms that mbedTLS reads without a password.</summary>
internal static class PemPrivateKey
{
    /// <summary>Checks and mends a text.</summary>
    /// <param name="field">The settings' field that it is the value of.</param>
    /// <param name="text">The text.</param>
    /// <param name="der">The key, DER; bytes of no meaning may follow.</param>
    /// <returns>The text itself where nothing was to be mended; otherwise the key alone, in lines.</returns>
    /// <exception cref="SettingsException">mbedTLS would not take it; the message says why, and nothing of the text.</exception>
    public static string Check(string field, string text, out byte[] der)
    {
        // SEC 1 (RFC 5915), PKCS #1 (RFC 8017), PKCS #8 (RFC 5958).
        string label = Has(text, "EC PRIVATE KEY") ? "EC PRIVATE KEY" : Has(text, "RSA PRIVATE KEY") ? "RSA PRIVATE KEY" : "PRIVATE KEY";
        if (text.IndexOf("ENCRYPTED") >= 0)
        {
            throw new SettingsException(field, "is encrypted, and a board knows no password; openssl pkey takes it off");
        }

        PemText pem = new PemText(field, text, label, "key");
        if (!pem.Read())
        {
            throw new SettingsException(field, "must be a private key in PEM: " + PemText.BeginOf("PRIVATE KEY") + " \u2026");
        }

        der = pem.Content;
        int version = Der.Enter(der, 0, pem.ContentLength, Der.Sequence, true);
        if (Der.Skip(der, version, pem.ContentLength, Der.Integer) < 0)
        {
            throw pem.Wrong("its base64 is no private key, or not all of one");
        }

        return !pem.Read() ? pem.Mended() : throw pem.Wrong("only one is wanted");
    }

    /// <summary>Has a key taken out of whatever the board tells: what is between its markers, since these are words that people use.</summary>
    /// <param name="text">The text of the key, or null.</param>
    /// <param name="secrets">What does so.</param>
    public static void Conceal(string text, SecretMask secrets)
    {
        if (text == null)
        {
            return;
        }

        int begin = text.IndexOf("KEY-----");
        int end = text.IndexOf("-----END");
        byte[] bytes = Utf8.Encoding.GetBytes(begin < 0 || end < begin + 8 ? text : text.Substring(begin + 8, end - begin - 8));
        secrets.Add(bytes, 0, bytes.Length);
    }

    private static bool Has(string text, string label)
    {
        return text.IndexOf(PemText.BeginOf(label)) >= 0;
    }
}
