using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet;

/// <summary>CA certificates as the runtime's TLS takes them.</summary>
internal sealed class DeviceCa
{
    private string _text;
    private X509Certificate _certificate;

    /// <summary>Initializes the certificates.</summary>
    /// <param name="pem">PEM.</param>
    public DeviceCa(string pem)
    {
        _text = pem;
    }

    /// <summary>Gets whether these are the ones of a text, before they were first needed.</summary>
    /// <param name="pem">PEM.</param>
    /// <returns>Whether they are.</returns>
    public bool Is(string pem)
    {
        return _text == pem;
    }

    /// <summary>Gets the certificates.</summary>
    /// <returns>The object that TLS takes.</returns>
    public X509Certificate GetCertificate()
    {
        // Parsed once, with the first connection, where a failure has its place; the object keeps the text as bytes, so the string goes.
        if (_text != null)
        {
            // From the string, not from its bytes: mbedTLS takes PEM only with a NUL at its end, which this constructor adds.
            _certificate = new X509Certificate(_text);
            _text = null;
        }

        return _certificate;
    }
}
