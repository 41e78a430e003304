using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.Api;

/// <summary>The one connection to the API server: opened with a request, kept, looked at before it is used again, and bounded in time.</summary>
internal sealed class ApiConnection
{
    private readonly IConnector _connector;
    private readonly ApiEndpoint _endpoint;
    private readonly IClock _clock;
    private readonly ApiStatistics _statistics;
    private readonly TimedSource _source;
    private long _bytesBefore;

    public ApiConnection(IConnector connector, ApiEndpoint endpoint, HttpReader http, IClock clock, ApiStatistics statistics)
    {
        _connector = connector;
        _endpoint = endpoint;
        _clock = clock;
        _statistics = statistics;
        _source = new TimedSource(clock);
        Http = http;
    }

    /// <summary>Gets what reads the replies.</summary>
    public HttpReader Http { get; }

    /// <summary>Gets whether it is open.</summary>
    public bool IsOpen => _source.Connection != null;

    /// <summary>Gets or sets when the exchange has to be over, in the clock's milliseconds.</summary>
    public long Deadline
    {
        get => _source.Deadline;
        set => _source.Deadline = value;
    }

    /// <summary>Gets whether that has passed.</summary>
    public bool IsLate => _clock.Milliseconds >= _source.Deadline;

    /// <summary>Gets the bytes that came since the request was sent.</summary>
    public long ReplyBytes => Http.BytesRead - _bytesBefore;

    /// <summary>Closes a kept connection in which something lies that nobody asked for: its end, or what would be taken for the next reply.</summary>
    public void CloseIfSpoilt()
    {
        if (IsOpen && _source.Connection.HasArrived)
        {
            Close();
        }
    }

    /// <summary>Sends a request, over a new connection where there is none.</summary>
    /// <exception cref="ConnectException">It can not be opened.</exception>
    public void Send(byte[] request, int length)
    {
        if (!IsOpen)
        {
            _bytesBefore = 0;
            Http.Open(_source);
            _source.Connection = _connector.Connect(_endpoint.Host, _endpoint.Port, _endpoint.IsSecure, _source.Left);
            _statistics.Connections++;
        }

        _source.Connection.SetDeadline(_source.Left);
        _bytesBefore = Http.BytesRead;
        _source.Connection.Write(request, 0, length);
        _statistics.Requests++;
        _statistics.BytesSent += length;
    }

    /// <summary>Closes the connection. The next request opens a new one.</summary>
    public void Close()
    {
        IOutboundConnection connection = _source.Connection;
        _source.Connection = null;
        if (connection != null)
        {
            Http.Close();
            connection.Close();
        }
    }
}
