using System;
using System.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>An answer as it came over the wire.</summary>
internal static class HttpAnswer
{
    /// <summary>The status code, or 0 where there is no answer.</summary>
    public static int StatusOf(string answer)
    {
        return answer.Length == 0 ? 0 : int.Parse(answer.Substring(9, 3));
    }

    /// <summary>The body, out of its chunks where it comes in such.</summary>
    public static string BodyOf(string answer)
    {
        int end = answer.IndexOf("\r\n\r\n");
        string body = answer.Substring(end + 4);
        if (!answer.Substring(0, end).Contains("Transfer-Encoding: chunked"))
        {
            return body;
        }

        // Sizes count bytes, so they are taken from the bytes.
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true)
        {
            int lineEnd = at;
            while (bytes[lineEnd] != '\r')
            {
                lineEnd++;
            }

            int size = Convert.ToInt32(Encoding.UTF8.GetString(bytes, at, lineEnd - at), 16);
            if (size == 0)
            {
                return whole.ToString();
            }

            whole.Append(Encoding.UTF8.GetString(bytes, lineEnd + 2, size));
            at = lineEnd + 2 + size + 2;
        }
    }
}
