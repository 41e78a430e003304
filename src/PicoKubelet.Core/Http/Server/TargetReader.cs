using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>Reads the target of a request (RFC 9112 section 3.2): the path, decoded, and the query.</summary>
internal sealed class TargetReader
{
    private readonly HttpReader _http;
    private ServerRequest _request;
    private int _at;

    public TargetReader(HttpReader http)
    {
        _http = http;
    }

    /// <summary>Reads the target out of the request line.</summary>
    /// <param name="request">Takes what it says. Its method is known already.</param>
    /// <param name="start">Where it begins in the line.</param>
    /// <returns>The place behind it.</returns>
    public int Read(ServerRequest request, int start)
    {
        _request = request;
        _at = start;
        byte first = _http.LineByte(_at);
        if (first == '*' || _request.Method == null)
        {
            // No resource of ours, or a method whose target may be anything.
            while (IsTargetByte(_http.LineByte(_at)))
            {
                _request.AddToPath(_http.LineByte(_at++));
            }

            return _at;
        }

        if (first != '/')
        {
            SkipAuthority();
        }

        ReadPath();
        if (_http.LineByte(_at) == '?')
        {
            ReadQuery();
        }

        return _at;
    }

    private static bool IsTargetByte(byte value)
    {
        // Visible ASCII. A fragment is never sent.
        return value > ' ' && value < 0x7f && value != '#';
    }

    /// <summary>Passes over the beginning of <c>http://host:port/path</c>, the form for proxies that servers must take too.</summary>
    private void SkipAuthority()
    {
        Skip("http");
        if ((_http.LineByte(_at) | 0x20) == 's')
        {
            _at++;
        }

        Skip("://");
        int start = _at;
        byte next = _http.LineByte(_at);
        while (IsTargetByte(next) && next != '/' && next != '?')
        {
            next = _http.LineByte(++_at);
        }

        if (_at == start)
        {
            throw new RequestException(HttpStatus.BadRequest, RequestReader.Malformed);
        }

        if (next != '/')
        {
            _request.AddToPath((byte)'/');
        }
    }

    private void Skip(string lower)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            int next = _http.LineByte(_at++);
            if (next != lower[i] && (next < 'A' || next > 'Z' || next + 0x20 != lower[i]))
            {
                throw new RequestException(HttpStatus.BadRequest, RequestReader.Malformed);
            }
        }
    }

    private void ReadPath()
    {
        byte next = _http.LineByte(_at);
        while (IsTargetByte(next) && next != '?')
        {
            if (next == '%')
            {
                int value = ReadEscape();
                if (value == 0 || value == '/')
                {
                    throw new RequestException(HttpStatus.BadRequest, "escape of a NUL or a slash in the path");
                }

                _request.AddToPath((byte)value);
                _at += 3;
            }
            else
            {
                _request.AddToPath(next);
                _at++;
            }

            next = _http.LineByte(_at);
        }
    }

    /// <summary>Reads the query with its question mark.</summary>
    private void ReadQuery()
    {
        byte next = _http.LineByte(_at);
        while (IsTargetByte(next))
        {
            if (next == '%')
            {
                ReadEscape();
            }

            _request.AddToQuery(next);
            next = _http.LineByte(++_at);
        }
    }

    private int ReadEscape()
    {
        int high = Hex.ValueOf(_http.LineByte(_at + 1));
        int low = Hex.ValueOf(_http.LineByte(_at + 2));
        if (high < 0 || low < 0)
        {
            throw new RequestException(HttpStatus.BadRequest, "malformed escape");
        }

        return (high << 4) | low;
    }
}
