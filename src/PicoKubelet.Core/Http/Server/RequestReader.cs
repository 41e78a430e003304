namespace PicoKubelet.Http.Server;

/// <summary>Reads the head of a request (RFC 9112): the request line and the few headers that matter.</summary>
internal sealed class RequestReader
{
    internal const string Malformed = "malformed request line";

    private const string TooLong = "request line too long";

    private readonly HttpReader _http;
    private readonly TargetReader _target;
    private readonly RequestHandler _handler;
    private ServerRequest _request;
    private bool _hasHostHeader;

    public RequestReader(HttpReader http, RequestHandler handler)
    {
        _http = http;
        _target = new TargetReader(http);
        _handler = handler;
    }

    /// <summary>Reads the head.</summary>
    /// <param name="request">Takes what it says.</param>
    /// <param name="deadline">When it must be whole.</param>
    /// <returns>False where the client closed the connection without a word.</returns>
    public bool Read(ServerRequest request, long deadline)
    {
        _request = request;
        _http.BeginMessage(RequestHandler.MaxHeadBytes, deadline);
        if (!ReadRequestLine())
        {
            return false;
        }

        _hasHostHeader = false;
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
            throw e.Error == HttpError.HeadTooLarge ? new RequestException(HttpStatus.UriTooLong, TooLong) : e;
        }

        if (_http.LineIsTruncated)
        {
            throw new RequestException(HttpStatus.UriTooLong, TooLong);
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
        ReadVersion(_target.Read(_request, methodLength + 1));
        return true;
    }

    private void ReadVersion(int at)
    {
        // " HTTP/1.1", to the line's end.
        bool isHttp = _http.LineLength == at + 9 && _http.LineByte(at) == ' ' && _http.LineByte(at + 1) == 'H' && _http.LineByte(at + 2) == 'T'
            && _http.LineByte(at + 3) == 'T' && _http.LineByte(at + 4) == 'P' && _http.LineByte(at + 5) == '/' && _http.LineByte(at + 7) == '.';
        int major = _http.LineByte(at + 6) - '0';
        int minor = _http.LineByte(at + 8) - '0';
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
}
