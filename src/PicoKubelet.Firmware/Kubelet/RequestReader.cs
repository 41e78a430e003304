using PicoKubelet.Http;

namespace PicoKubelet.Kubelet;

/// <summary>Reads the head of a request (RFC 9112): the request line and the few headers that matter.</summary>
internal sealed class RequestReader
{
    /// <summary>The bound on the request line and the headers together, bytes.</summary>
    public const int MaxHeadBytes = 2048;

    private const string Malformed = "malformed request line";

    private readonly HttpReader _http;
    private readonly Authenticator _authenticator;
    private readonly HttpHandler _handler;
    private KubeletRequest _request;
    private int _at;
    private bool _hasHostHeader;
    private bool _hasAuthorization;

    public RequestReader(HttpReader http, Authenticator authenticator, HttpHandler handler)
    {
        _http = http;
        _authenticator = authenticator;
        _handler = handler;
    }

    /// <summary>Reads the head.</summary>
    /// <param name="request">Takes what it says.</param>
    /// <param name="deadline">When it must be whole.</param>
    /// <returns>False where the client closed the connection without a word.</returns>
    public bool Read(KubeletRequest request, long deadline)
    {
        _request = request;
        _http.BeginMessage(MaxHeadBytes, deadline);
        if (!ReadRequestLine())
        {
            return false;
        }

        _hasHostHeader = false;
        _hasAuthorization = false;
        while (_http.ReadHeader())
        {
            ReadHeader();
            _handler.NoteHeader();
        }

        if (_http.IsChunked && (_http.ContentLength >= 0 || !request.IsHttp11))
        {
            // Two readers that take another one of them would see different requests (RFC 9112 section 6.1).
            throw new RequestException(HttpStatus.BadRequest, "Transfer-Encoding with Content-Length or HTTP/1.0");
        }

        if (request.IsHttp11 && !_hasHostHeader)
        {
            throw new RequestException(HttpStatus.BadRequest, "no Host");
        }

        return true;
    }

    private static int HexDigit(int value)
    {
        if (value >= '0' && value <= '9')
        {
            return value - '0';
        }

        int letter = value | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private bool ReadRequestLine()
    {
        try
        {
            if (!_http.ReadStartLine())
            {
                return false;
            }
        }
        catch (HttpException e)
        {
            throw e.Error == HttpError.HeadTooLarge ? new RequestException(HttpStatus.UriTooLong, "request line too long") : e;
        }

        int methodLength = 0;
        while (IsLetter(_http.LineByte(methodLength)))
        {
            methodLength++;
        }

        if (methodLength == 0 || _http.LineByte(methodLength) != ' ')
        {
            throw new RequestException(HttpStatus.BadRequest, Malformed);
        }

        _request.Method = Method.Find(_http, methodLength);
        _at = methodLength + 1;
        ReadTarget();
        ReadVersion();
        return true;
    }

    private void ReadTarget()
    {
        byte first = _http.LineByte(_at);
        if (first == '*' || _request.Method == null)
        {
            // No resource of ours, or a method whose target may be anything.
            while (IsTargetByte(_http.LineByte(_at)))
            {
                _request.AddToPath(_http.LineByte(_at++));
            }

            return;
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
            throw new RequestException(HttpStatus.BadRequest, Malformed);
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
                throw new RequestException(HttpStatus.BadRequest, Malformed);
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
            }
            else
            {
                _request.AddToPath(next);
            }

            next = _http.LineByte(++_at);
        }
    }

    private void ReadQuery()
    {
        byte previous = (byte)'?';
        byte next;
        while (IsTargetByte(next = _http.LineByte(++_at)))
        {
            if (previous == '?' || previous == '&')
            {
                _request.IsVerbose |= IsParameter("verbose");
            }

            if (next == '%')
            {
                ReadEscape();
            }

            previous = next;
        }
    }

    /// <returns>Whether a parameter of this name begins here, without a value or with one that says yes.</returns>
    private bool IsParameter(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (_http.LineByte(_at + i) != name[i])
            {
                return false;
            }
        }

        int end = _at + name.Length;
        byte next = _http.LineByte(end);
        if (next == '=')
        {
            byte value = _http.LineByte(end + 1);
            return value == '1' || value == 't';
        }

        return next == '&' || next == ' ';
    }

    /// <summary>Reads an escape and stops at its last digit.</summary>
    private int ReadEscape()
    {
        int high = HexDigit(_http.LineByte(++_at));
        int low = HexDigit(_http.LineByte(++_at));
        if (high < 0 || low < 0)
        {
            throw new RequestException(HttpStatus.BadRequest, "malformed escape");
        }

        return (high << 4) | low;
    }

    private void ReadVersion()
    {
        // " HTTP/1.1", to the line's end.
        bool isHttp = _http.LineLength == _at + 9 && _http.LineByte(_at) == ' ' && _http.LineByte(_at + 1) == 'H' && _http.LineByte(_at + 2) == 'T'
            && _http.LineByte(_at + 3) == 'T' && _http.LineByte(_at + 4) == 'P' && _http.LineByte(_at + 5) == '/' && _http.LineByte(_at + 7) == '.';
        int major = _http.LineByte(_at + 6) - '0';
        int minor = _http.LineByte(_at + 8) - '0';
        if (!isHttp || major < 0 || major > 9 || minor < 0 || minor > 9)
        {
            throw new RequestException(HttpStatus.BadRequest, Malformed);
        }

        if (major != 1)
        {
            throw new RequestException(HttpStatus.VersionNotSupported, "HTTP/1.1 or 1.0 only");
        }

        _request.IsHttp11 = minor > 0;
    }

    private void ReadHeader()
    {
        if (_http.NameIs("host"))
        {
            // RFC 9112 section 3.2: two readers that take another one of them would see different requests.
            if (_hasHostHeader)
            {
                throw new RequestException(HttpStatus.BadRequest, "two Host headers");
            }

            _hasHostHeader = true;
        }
        else if (_http.NameIs("authorization"))
        {
            if (_hasAuthorization)
            {
                throw new RequestException(HttpStatus.BadRequest, "two Authorization headers");
            }

            _hasAuthorization = true;
            _request.Credentials = _authenticator.Check(_http);
        }
        else if (_http.NameIs("expect") && _request.IsHttp11)
        {
            if (!_http.ValueStartsWith("100-continue"))
            {
                throw new RequestException(HttpStatus.ExpectationFailed, "only 100-continue can be expected");
            }

            _request.ExpectsContinue = true;
        }
    }

    private static bool IsLetter(int value)
    {
        int lower = value | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static bool IsTargetByte(byte value)
    {
        // Visible ASCII. A fragment is never sent.
        return value > ' ' && value < 0x7f && value != '#';
    }
}
