namespace PicoKubelet.Http;

// The start line of replies.
public sealed partial class HttpReader
{
    /// <summary>Gets whether the status line that was read last is HTTP/1.1's, after which a connection is kept unless the head says otherwise.</summary>
    public bool IsHttp11 { get; private set; }

    /// <summary>Reads the start line of a reply: <c>HTTP/1.1 200 OK</c>.</summary>
    /// <returns>The status code, 100 at least.</returns>
    /// <exception cref="HttpException">The line can not be read, or the connection ends before it.</exception>
    public int ReadStatus()
    {
        if (!ReadStartLine())
        {
            throw new HttpException(HttpError.Truncated, "closed by the server");
        }

        int status = 0;
        for (int i = 9; i < 12; i++)
        {
            int digit = LineByte(i) - '0';
            status = digit < 0 || digit > 9 ? -1000 : (status * 10) + digit;
        }

        if (!LineStartsWith("http/1.") || LineByte(8) != ' ' || status < 100)
        {
            throw new HttpException(HttpError.Malformed, "status line");
        }

        IsHttp11 = LineByte(7) == '1';
        return status;
    }
}
