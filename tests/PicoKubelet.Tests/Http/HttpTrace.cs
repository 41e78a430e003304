using System.Text;
using PicoKubelet.Http;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Http;

/// <summary>Reads all messages of a connection and writes down what was seen, in one line.</summary>
internal static class HttpTrace
{
    public const int HeadLimit = 400;

    public static string OfReplies(HttpReader reader, IByteSource source)
    {
        return Of(reader, source, true);
    }

    public static string OfRequests(HttpReader reader, IByteSource source)
    {
        return Of(reader, source, false);
    }

    public static string NameOf(HttpError error)
    {
        return error switch
        {
            HttpError.Malformed => "malformed",
            HttpError.HeadTooLarge => "head too large",
            HttpError.Truncated => "truncated",
            HttpError.Timeout => "timeout",
            _ => "unsupported coding",
        };
    }

    /// <summary>Reads the rest of the body in pieces that fit no block.</summary>
    public static string ReadBody(HttpReader reader)
    {
        StringBuilder body = new StringBuilder();
        byte[] piece = new byte[7];
        while (true)
        {
            int count = reader.Read(piece, 1, 5);
            if (count == 0)
            {
                return body.ToString();
            }

            body.Append(Encoding.UTF8.GetString(piece, 1, count));
        }
    }

    private static string Of(HttpReader reader, IByteSource source, bool areReplies)
    {
        StringBuilder trace = new StringBuilder();
        reader.Open(source);
        try
        {
            while (ReadMessage(reader, areReplies, trace))
            {
            }
        }
        catch (HttpException e)
        {
            trace.Append("!" + NameOf(e.Error));
        }

        return trace.ToString();
    }

    private static bool ReadMessage(HttpReader reader, bool areReplies, StringBuilder trace)
    {
        reader.BeginMessage(HeadLimit, long.MaxValue);
        if (!reader.ReadStartLine())
        {
            trace.Append("end");
            return false;
        }

        string start = Line(reader);
        trace.Append(start);
        while (reader.ReadHeader())
        {
            trace.Append("|");
            trace.Append(Header(reader));
        }

        if (areReplies && (start.Contains(" 204 ") || start.Contains(" 304 ")))
        {
            reader.BeginNoBody();
        }
        else
        {
            reader.BeginBody(areReplies);
        }

        trace.Append("|'");
        trace.Append(ReadBody(reader));
        trace.Append("'");
        trace.Append(reader.IsAtEnd ? " " : " close");
        return reader.IsAtEnd;
    }

    private static string Header(HttpReader reader)
    {
        if (reader.LineIsTruncated)
        {
            return "~";
        }

        string line = Line(reader);
        return line.Substring(0, line.IndexOf(':')) + "=" + reader.GetValue();
    }

    private static string Line(HttpReader reader)
    {
        StringBuilder line = new StringBuilder();
        for (int i = 0; reader.LineByte(i) != 0; i++)
        {
            line.Append((char)reader.LineByte(i));
        }

        return line.ToString();
    }
}
