using System;
using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.Time;

/// <summary>The two time formats of the Kubernetes API and the one of HTTP, read and written without strings in between.</summary>
public static class Timestamp
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>Writes a <c>Time</c> of the Kubernetes API: RFC 3339 in whole seconds, <c>2026-01-23T10:30:00Z</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="utc">The time, UTC.</param>
    public static void Write(Utf8Writer output, DateTime utc)
    {
        WriteSeconds(output, utc);
        output.WriteByte((byte)'Z');
    }

    /// <summary>Writes a member whose value is a <c>Time</c> of the Kubernetes API.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="utc">The time, UTC.</param>
    public static void WriteProperty(JsonWriter json, string name, DateTime utc)
    {
        json.Name(name);
        json.BeginString();
        Write(json.Output, utc);
        json.EndString();
    }

    /// <summary>Writes a <c>MicroTime</c> of the Kubernetes API: <c>2026-01-23T10:30:00.000000Z</c>, always six digits.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="utc">The time, UTC.</param>
    public static void WriteMicro(Utf8Writer output, DateTime utc)
    {
        WriteSeconds(output, utc);
        output.WriteByte((byte)'.');
        output.WritePadded((int)(utc.Ticks % TimeSpan.TicksPerSecond / 10), 6);
        output.WriteByte((byte)'Z');
    }

    /// <summary>Reads a <c>Time</c> as the API server writes it, in UTC and whole seconds.</summary>
    /// <param name="text">The text, 20 characters.</param>
    /// <param name="utc">The time, UTC, when it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default(DateTime);
        if (text == null || text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return false;
        }

        return TryMake(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2), out utc);
    }

    /// <summary>Reads the <c>Date</c> header of HTTP, IMF-fixdate of RFC 9110 section 5.6.7: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    /// <param name="text">The header's value, 29 characters.</param>
    /// <param name="utc">The time, UTC, when it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParseHttpDate(string text, out DateTime utc)
    {
        utc = default(DateTime);
        if (text == null || text.Length != 29 || text[3] != ',' || text[19] != ':' || text[22] != ':' || !text.EndsWith(" GMT"))
        {
            return false;
        }

        int month = Months.IndexOf(text.Substring(8, 3));
        if (month < 0 || month % 3 != 0)
        {
            return false;
        }

        return TryMake(Number(text, 12, 4), (month / 3) + 1, Number(text, 5, 2), Number(text, 17, 2), Number(text, 20, 2), Number(text, 23, 2), out utc);
    }

    private static void WriteSeconds(Utf8Writer output, DateTime utc)
    {
        output.WritePadded(utc.Year, 4);
        output.WriteByte((byte)'-');
        output.WritePadded(utc.Month, 2);
        output.WriteByte((byte)'-');
        output.WritePadded(utc.Day, 2);
        output.WriteByte((byte)'T');
        output.WritePadded(utc.Hour, 2);
        output.WriteByte((byte)':');
        output.WritePadded(utc.Minute, 2);
        output.WriteByte((byte)':');
        output.WritePadded(utc.Second, 2);
    }

    /// <returns>The number, or -1 where a character is no digit.</returns>
    private static int Number(string text, int start, int count)
    {
        int number = 0;
        for (int i = start; i < start + count; i++)
        {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9)
            {
                return -1;
            }

            number = (number * 10) + digit;
        }

        return number;
    }

    private static bool TryMake(int year, int month, int day, int hour, int minute, int second, out DateTime utc)
    {
        utc = default(DateTime);

        // The device's DateTime begins in 1601 (the PC's in 1); a leap second is not a time that DateTime can hold.
        if (year < 1601 || year > 2999 || month < 1 || month > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        {
            return false;
        }

        utc = new DateTime(year, month, day, hour, minute, second);
        return true;
    }
}
