using System;
using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Text;

/// <summary>Bytes as tests write and compare them.</summary>
internal static class Bytes
{
    private const string HexDigits = "0123456789abcdef";

    /// <summary>The bytes of an even number of hexadecimal digits.</summary>
    public static byte[] FromHex(string hex)
    {
        byte[] bytes = new byte[hex.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Convert.ToInt32(hex.Substring(2 * i, 2), 16);
        }

        return bytes;
    }

    public static string ToHex(byte[] bytes, int offset, int count)
    {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            int b = bytes[offset + i];
            hex.Append(HexDigits[b >> 4]);
            hex.Append(HexDigits[b & 0xF]);
        }

        return hex.ToString();
    }

    public static string Content(Utf8Writer writer)
    {
        return writer.Length == 0 ? "" : Encoding.UTF8.GetString(writer.Buffer, writer.Start, writer.Length);
    }

    public static string ContentAsHex(Utf8Writer writer)
    {
        return ToHex(writer.Buffer, writer.Start, writer.Length);
    }
}
