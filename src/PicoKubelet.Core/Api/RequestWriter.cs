using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Api;

/// <summary>Writes requests, head and body, into one buffer that stays.</summary>
internal sealed class RequestWriter
{
    // Our own, with what creates something: the API server's audit and the records of who set which field show it. Elsewhere nobody
    // needs it, and the API server indents its replies for clients that look like curl or a browser alone.
    private const string UserAgent = "User-Agent: " + FirmwareVersion.UserAgent + "\r\n";

    // Each with the whole object for servers that can not do better.
    private const string AcceptMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private const string AcceptVersion = MediaType.Protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1," + MediaType.Json;
    private const string AcceptAnything = MediaType.Protobuf + "," + MediaType.Json;
    private const string AcceptMetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    // The largest request line, Accept and Content-Type: 350 bytes beside a path of 500, a watch's.
    private const int MaxHeadBytes = 850;
    private const int LineEndBytes = 2;

    // "Content-Length:" is written before the body's length is known; spaces before the number are part of HTTP's grammar.
    private const string LengthBlank = "     ";

    private readonly byte[] _fixedHeaders;
    private readonly int _tokenLength;
    private readonly Utf8Writer _output;
    private int _headLength;
    private int _lengthEnd;
    private bool _headOverflowed;

    /// <param name="endpoint">Where the API server is.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="maxBodyBytes">The bytes of the largest body.</param>
    public RequestWriter(ApiEndpoint endpoint, string token, int maxBodyBytes)
    {
        _fixedHeaders = Utf8.Encoding.GetBytes(
            "Host: " + endpoint.Host + ":" + endpoint.Port.ToString() + "\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n"));
        _tokenLength = token == null ? 0 : token.Length;
        _output = new Utf8Writer(_fixedHeaders.Length + MaxHeadBytes + maxBodyBytes);
        Body = new JsonWriter(_output);
    }

    /// <summary>Gets the body, empty once the head was written.</summary>
    public JsonWriter Body { get; }

    /// <summary>Gets the method of the request.</summary>
    public string Verb { get; private set; }

    /// <summary>Gets whether nothing is read of the reply but whether it is one of success.</summary>
    public bool IgnoresReply { get; private set; }

    /// <summary>Gets whether the request does not fit the buffer.</summary>
    public bool IsTooLarge => _headOverflowed || _output.Overflowed;

    /// <summary>Gets the buffer; the request is at its beginning.</summary>
    public byte[] Buffer => _output.Buffer;

    /// <summary>Gets the bytes of the request.</summary>
    public int Length => _headLength + _output.Length;

    /// <summary>Has the token taken out of whatever the board tells.</summary>
    public void Conceal(SecretMask secrets)
    {
        // It is the last of the headers that are the same for all requests.
        secrets.Add(_fixedHeaders, _fixedHeaders.Length - LineEndBytes - _tokenLength, _tokenLength);
    }

    /// <summary>Writes a request without a body.</summary>
    public void Write(string verb, string path, ReplyForm form)
    {
        WriteHead(verb, path, form);
        EndHead("\r\n");
    }

    /// <summary>Begins a request with a body; <see cref="End"/> follows.</summary>
    public void Begin(string verb, string path, string mediaType, ReplyForm form)
    {
        WriteHead(verb, path, form);
        _output.Write("Content-Type: ");
        _output.Write(mediaType);
        _output.Write("\r\nContent-Length:");
        _output.Write(LengthBlank);
        _lengthEnd = _output.Length;
        EndHead("\r\n\r\n");
    }

    /// <summary>Ends a request with a body: only now is its length known.</summary>
    public void End()
    {
        if (IsTooLarge)
        {
            return;
        }

        int length = _output.Length;
        for (int at = _lengthEnd - 1; length > 0; at--)
        {
            _output.Buffer[at] = (byte)('0' + (length % 10));
            length /= 10;
        }
    }

    private static string AcceptFor(ReplyForm form)
    {
        return form switch
        {
            ReplyForm.Whole => MediaType.Json,
            ReplyForm.Nothing => AcceptAnything,
            ReplyForm.Version => AcceptVersion,
            ReplyForm.MetadataList => AcceptMetadataList,
            _ => AcceptMetadata,
        };
    }

    private void WriteHead(string verb, string path, ReplyForm form)
    {
        Verb = verb;
        IgnoresReply = form == ReplyForm.Nothing;
        _output.Reset();
        _output.Write(verb);
        _output.WriteByte((byte)' ');
        _output.Write(path);
        _output.Write(" HTTP/1.1\r\n");
        _output.Write(_fixedHeaders, 0, _fixedHeaders.Length);
        if (verb == Api.Verb.Post)
        {
            _output.Write(UserAgent);
        }

        _output.Write("Accept: ");
        _output.Write(AcceptFor(form));
        _output.Write("\r\n");
    }

    private void EndHead(string end)
    {
        _output.Write(end);
        _headLength = _output.Length;
        _headOverflowed = _output.Overflowed;
        Body.Reset(_headLength);
    }
}
