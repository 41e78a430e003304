using System;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>The few fields of a certificate (RFC 5280, 4.1) that the board has to know of its own ones.</summary>
public sealed class CertificateFields
{
    private const int UtcTime = 0x17;
    private const int Version = 0xa0;

    // The public key as it is in the private key's file too: this far from its end there is no more of what is around it.
    private const int KeyTail = 16;
    private const int KeyPiece = 32;

    private readonly byte[] _der;
    private readonly int _issuer;
    private readonly int _validity;
    private readonly int _subject;
    private readonly int _key;
    private readonly int _end;

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">The certificate; bytes of no meaning may follow.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public CertificateFields(byte[] der)
    {
        _der = der;
        int end = der.Length;
        int at = Der.Enter(der, Der.Enter(der, 0, end, Der.Sequence), end, Der.Sequence);
        int serial = Der.Skip(der, at, end, Version);
        at = Der.Skip(der, serial < 0 ? at : serial, end, Der.Integer);
        _issuer = Der.Skip(der, at, end, Der.Sequence);
        _validity = Der.Skip(der, _issuer, end, Der.Sequence);
        _subject = Der.Skip(der, _validity, end, Der.Sequence);
        _key = Der.Skip(der, _subject, end, Der.Sequence);
        _end = Der.Skip(der, _key, end, Der.Sequence);
        if (_end < 0)
        {
            throw new FormatException("no certificate");
        }

        int times = Der.Enter(der, _validity, end, Der.Sequence);
        NotBefore = ReadTime(times);
        NotAfter = ReadTime(times + 2 + der[times + 1]);
        Organization = ReadName(10);
        CommonName = ReadName(3);
    }

    /// <summary>Gets from when on it is valid, UTC.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Gets until when it is valid, UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>Gets the subject's organization, or null.</summary>
    public string Organization { get; }

    /// <summary>Gets the subject's common name, or null.</summary>
    public string CommonName { get; }

    /// <summary>Gets whether its key is one that every board's TLS has: RSA, or EC on the curve P-256.</summary>
    public bool HasUsableKey
    {
        get
        {
            byte[] rsa = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 };
            byte[] p256 = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
            return Der.FindEnd(_der, _key, _end, rsa, 0, rsa.Length) > 0 || Der.FindEnd(_der, _key, _end, p256, 0, p256.Length) > 0;
        }
    }

    /// <summary>Gets whether the subject is the issuer too.</summary>
    public bool IsSelfIssued => Der.FindEnd(_der, _subject, _key, _der, _issuer, _validity - _issuer) == _key;

    /// <summary>Looks whether a private key is this certificate's: whether the public key is in its file, as every program writes it.</summary>
    /// <param name="privateKey">The private key, DER.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOf(byte[] privateKey)
    {
        return Der.FindEnd(privateKey, 0, privateKey.Length, _der, _end - KeyTail - KeyPiece, KeyPiece) > 0;
    }

    private DateTime ReadTime(int at)
    {
        bool isShort = _der[at] == UtcTime;
        int start = at + 2;
        int month = start + (isShort ? 2 : 4);
        int year = isShort ? Number(start) : (Number(start) * 100) + Number(start + 2);

        // RFC 5280, 4.1.2.5.1. The runtime's calendar ends with the year 3000; "never" (9999) is as far.
        year = !isShort ? year : year < 50 ? 2000 + year : 1900 + year;
        return new DateTime(year < 2999 ? year : 2999, Number(month), Number(month + 2), Number(month + 4), Number(month + 6), Number(month + 8));
    }

    private int Number(int at)
    {
        return at + 1 < _end ? ((_der[at] - '0') * 10) + (_der[at + 1] - '0') : throw new FormatException("no certificate");
    }

    /// <summary>Reads the subject's first attribute of a type of X.520.</summary>
    private string ReadName(byte type)
    {
        byte[] identifier = { 0x06, 0x03, 0x55, 0x04, type };
        int at = Der.FindEnd(_der, _subject, _key, identifier, 0, identifier.Length);
        int start = at < 0 ? -1 : Der.Enter(_der, at, _key, _der[at]);
        return start < 0 ? null : Utf8.Encoding.GetString(_der, start, _der[at + 1] < 0x80 ? _der[at + 1] : 0);
    }
}
