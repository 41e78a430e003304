using System;
using PicoKubelet.Api;
using PicoKubelet.Http;
using PicoKubelet.Network;
using PicoKubelet.Text;

namespace PicoKubelet.Images;

/// <summary>One request to a registry, on a connection of its own, and the head of the reply. All of it is garbage afterwards: pulls are seldom.</summary>
internal sealed class RegistryExchange
{
    // A line of a head has to fit: the URL that a blob is redirected to, with its signature.
    private const int BufferBytes = 2048;
    private const int MaxHeadBytes = 8192;

    // Method, version, names of headers, the media types, host and User-Agent.
    private const int RequestBytes = 700;

    private readonly RegistryAccess _access;
    private readonly TimedSource _source;

    public RegistryExchange(RegistryAccess access)
    {
        _access = access;
        _source = new TimedSource(access.Clock);
        Body = new HttpReader(BufferBytes, access.Clock);
    }

    /// <summary>Gets the body, a stream of bytes.</summary>
    public HttpReader Body { get; }

    /// <summary>Gets the status code.</summary>
    public int StatusCode { get; private set; }

    /// <summary>Gets whether the body is JSON.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Gets where the reply redirects to, or null.</summary>
    public string Location { get; private set; }

    /// <summary>Gets what a 401 asks for, or null.</summary>
    public BearerChallenge Challenge { get; private set; }

    /// <summary>Gets whether the time is over: a socket's exception does not tell reliably.</summary>
    public bool IsLate => _access.Clock.Milliseconds >= _source.Deadline;

    /// <summary>Sends a request and reads the head of the reply.</summary>
    /// <param name="url">What is asked for.</param>
    /// <param name="accept">The media types.</param>
    /// <param name="token">The bearer token, or null.</param>
    /// <param name="timeoutMilliseconds">The bound on all of it.</param>
    public void Send(RegistryUrl url, string accept, byte[] token, int timeoutMilliseconds)
    {
        long deadline = _access.Clock.Milliseconds + timeoutMilliseconds;
        Utf8Writer request = new Utf8Writer(RequestBytes + url.Path.Length + (token == null ? 0 : token.Length));
        request.Write("GET ");
        request.Write(url.Path);
        request.Write(" HTTP/1.1\r\nHost: " + url.Server.Host + ":");
        request.Write(url.Server.Port);
        request.Write("\r\nUser-Agent: " + FirmwareVersion.UserAgent + "\r\nConnection: close\r\nAccept: ");
        request.Write(accept);
        if (token != null)
        {
            request.Write("\r\nAuthorization: Bearer ");
            request.Write(token, 0, token.Length);
        }

        request.Write("\r\n\r\n");
        if (request.Overflowed)
        {
            throw new HttpException(HttpError.HeadTooLarge, "request too large");
        }

        _source.Deadline = deadline;
        Body.Open(_source);
        _source.Connection = _access.Connector.Connect(url.Server.Host, url.Server.Port, url.Server.IsSecure, _source.Left);
        _source.Connection.SetDeadline(_source.Left);
        _source.Connection.Write(request.Buffer, request.Start, request.Length);
        do
        {
            ReadHead(deadline);
        }
        while (StatusCode < 200);
        Body.BeginBody(true);
    }

    /// <summary>Closes the connection. A second call does nothing.</summary>
    public void Close()
    {
        IOutboundConnection connection = _source.Connection;
        _source.Connection = null;
        Body.Close();
        connection?.Close();
    }

    private void ReadHead(long deadline)
    {
        Body.BeginMessage(MaxHeadBytes, deadline);
        StatusCode = Body.ReadStatus();
        IsJson = false;
        while (Body.ReadHeader())
        {
            if (Body.NameIs("location"))
            {
                Location = Body.GetValue();
            }
            else if (Body.NameIs("www-authenticate"))
            {
                Challenge ??= BearerChallenge.Parse(Body.GetValue());
            }
            else if (Body.NameIs("content-type"))
            {
                string type = Body.GetValue().ToLower();
                int end = type.IndexOf(';');
                type = (end < 0 ? type : type.Substring(0, end)).Trim();
                IsJson = type == "application/json" || type.EndsWith("+json") || type.EndsWith("prettyjws");
            }
            else if (Body.NameIs("content-encoding") && !Body.ValueStartsWith("identity"))
            {
                throw new HttpException(HttpError.UnsupportedCoding, "compressed, which was not asked for");
            }
        }
    }
}
