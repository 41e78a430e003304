using System.Globalization;
using System.Text;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>Reads an answer of the kubelet's port as strictly as RFC 9112 allows.</summary>
internal static class AnswerCheck
{
    /// <summary>Checks that some bytes are one answer, and nothing more; a 100 Continue may come before it.</summary>
    /// <param name="answer">The bytes.</param>
    /// <param name="isHead">Whether the request was a HEAD, whose answer has no body.</param>
    /// <returns>The answer's status.</returns>
    /// <exception cref="FuzzFailure">They are not.</exception>
    public static int Check(ReadOnlySpan<byte> answer, bool isHead)
    {
        if (answer.StartsWith("HTTP/1.1 100 Continue\r\n\r\n"u8))
        {
            answer = answer[25..];
        }

        int headEnd = answer.IndexOf("\r\n\r\n"u8);
        Require(headEnd > 0, "no head");
        string[] lines = Encoding.Latin1.GetString(answer[..headEnd]).Split("\r\n");
        ReadOnlySpan<byte> body = answer[(headEnd + 4)..];
        string start = lines[0];
        Require(start.Length > 13 && start.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && start[12] == ' ', "start line: " + start);
        int status = int.Parse(start.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        Require(status is 200 or 202 or (>= 400 and < 506), start);
        int length = -1;
        bool isChunked = false;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            Require(colon > 0 && !line.Any(c => c is < ' ' or > '~'), "header: " + line);
            string value = line[(colon + 2)..];
            switch (line[..colon])
            {
                case "Content-Length":
                    Require(length < 0, "Content-Length twice");
                    length = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                    break;
                case "Transfer-Encoding":
                    isChunked = value == "chunked";
                    break;
                default:
                    break;
            }
        }

        Require(lines[^1] == "Connection: close", "the connection is closed and not said to be");

        // A request line that can not be read is no HEAD's.
        CheckBody(body, length, isChunked, isHead && !(status is 400 or 408 or 414 && body.Length > 0));
        return status;
    }

    private static void CheckBody(ReadOnlySpan<byte> body, int length, bool isChunked, bool isHead)
    {
        if (isHead)
        {
            Require(body.IsEmpty, "HEAD with a body");
        }
        else if (isChunked)
        {
            Require(length < 0, "chunked with a length");
            CheckChunks(body);
        }
        else if (length >= 0)
        {
            Require(body.Length == length, $"a body of {body.Length} bytes, {length} announced");
        }
    }

    private static void CheckChunks(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            int lineEnd = body.IndexOf("\r\n"u8);
            Require(lineEnd > 0, "chunk without a size");
            int size = int.Parse(Encoding.ASCII.GetString(body[..lineEnd]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            body = body[(lineEnd + 2)..];
            Require(body.Length >= size + 2 && body[size..].StartsWith("\r\n"u8), "chunk cut off");
            body = body[(size + 2)..];
            if (size == 0)
            {
                Require(body.IsEmpty, "bytes behind the last chunk");
                return;
            }
        }
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new FuzzFailure("not an answer: " + what);
        }
    }
}
