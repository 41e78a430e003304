using System;

namespace PicoKubelet.Tests.Text;

/// <summary>Certificates that have the outer form of one, and nothing in it.</summary>
internal static class TestPem
{
    public const string Begin = "-----BEGIN CERTIFICATE-----";
    public const string End = "-----END CERTIFICATE-----";

    /// <summary>The base64 of the smallest: two empty SEQUENCEs and a BIT STRING in a SEQUENCE.</summary>
    public const string Body = "MAcwADAAAwEA";

    /// <summary>The same with another content.</summary>
    public const string OtherBody = "MAkwADAAAwMAAQI=";

    public const string Good = Begin + "\n" + Body + "\n" + End + "\n";

    /// <summary>Makes one of a length.</summary>
    public static string OfLength(int length)
    {
        int room = length - Begin.Length - End.Length - 2;
        int digits = room / 4 * 4;
        int bytes = digits / 4 * 3;
        byte[] der = new byte[bytes];
        Write(der, 0, 0x30, bytes - 4);
        der[4] = 0x30;
        der[6] = 0x30;
        Write(der, 8, 0x03, bytes - 12);
        return new string('#', room - digits) + Begin + "\n" + Convert.ToBase64String(der) + "\n" + End;
    }

    private static void Write(byte[] der, int at, byte tag, int length)
    {
        der[at] = tag;
        der[at + 1] = 0x82;
        der[at + 2] = (byte)(length >> 8);
        der[at + 3] = (byte)length;
    }
}
