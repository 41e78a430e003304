using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet.Http.Server;

/// <summary>
/// A client's connection, with a bound on every wait. It waits in short steps and looks at the listener in between: a client
/// that keeps others waiting gives way to them. So nobody has to close a socket that another thread is blocked in, and
/// <c>Send</c>, which on the device may hang for good, is called only for what fits the send buffer.
/// One instance a place in service, used again and again.
/// </summary>
internal sealed class ClientConnection : IClientConnection
{
    // The length of a step, the longest that a client that waits may have to wait on top of the grace.
    private const int StepMicroseconds = 10 * 1000;

    // How long an answer may make no progress while others wait.
    private const int MaxStallMilliseconds = 500;

    private readonly Listener _listener;
    private readonly IClock _clock;
    private Socket _socket;
    private long _opened;
    private long _displaced;
    private bool _hasRead;
    private bool _isDisplaced;
    private bool _isUnwanted;

    public ClientConnection(Listener listener, IClock clock)
    {
        _listener = listener;
        _clock = clock;
    }

    public string Peer => ((IPEndPoint)_socket.RemoteEndPoint).Address.ToString();

    public bool IsTrusted => false;

    public object Client => null;

    public long Deadline { get; set; }

    public bool IsWanted
    {
        get
        {
            // Who shows up as readable without a byte has closed.
            _isUnwanted = _isUnwanted || _listener.IsStopping || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0)
                || (_clock.Milliseconds - _opened >= _listener.Grace && _listener.Claims());
            return !_isUnwanted;
        }
    }

    public void Open(Socket socket)
    {
        _socket = socket;
        _opened = _clock.Milliseconds;
        Deadline = _opened;
        _hasRead = false;
        _isDisplaced = false;
        _isUnwanted = false;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        // What has arrived when a client's turn comes is always read; only what is missing then makes it give way.
        bool isReady = _socket.Poll(0, SelectMode.SelectRead);
        while (!isReady || _hasRead)
        {
            long now = _clock.Milliseconds;
            CheckDeadline(now);
            GiveWay(now);

            if (isReady)
            {
                break;
            }

            isReady = _socket.Poll(_listener.Grace < StepMicroseconds / 1000 ? 1000 : StepMicroseconds, SelectMode.SelectRead);
        }

        _hasRead = true;
        return _socket.Receive(buffer, offset, count, SocketFlags.None);
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        long started = _clock.Milliseconds;
        while (count > 0)
        {
            while (!_socket.Poll(StepMicroseconds, SelectMode.SelectWrite))
            {
                long now = _clock.Milliseconds;
                CheckDeadline(now);
                if (now - started >= MaxStallMilliseconds && _listener.Claims())
                {
                    throw new HttpException(HttpError.Displaced, "answer not taken");
                }
            }

            int sent = _socket.Send(buffer, offset, count, SocketFlags.None);
            offset += sent;
            count -= sent;
            started = _clock.Milliseconds;
        }
    }

    public void Close()
    {
        Socket socket = _socket;
        _socket = null;
        if (socket == null)
        {
            return;
        }

        if (!_isDisplaced)
        {
            _listener.NoteServed();
        }

        try
        {
            socket.Close();
        }
        catch
        {
        }
    }

    /// <summary>
    /// Lets a client go that keeps others waiting. What it still sends after it was told is read for a while, or until it closes:
    /// bytes that nobody reads would reset the connection, and with it what it was told. The busier it is, the shorter.
    /// </summary>
    private void GiveWay(long now)
    {
        if (_isDisplaced)
        {
            if (now - _displaced >= _listener.Grace)
            {
                throw new HttpException(HttpError.Timeout, "not closed in time");
            }
        }
        else if (now - _opened >= _listener.Grace && _listener.Claims())
        {
            _isDisplaced = true;
            _displaced = now;
            throw new HttpException(HttpError.Displaced, "busy, and the request is not complete");
        }
    }

    private void CheckDeadline(long now)
    {
        if (now >= Deadline || _listener.IsStopping)
        {
            throw new HttpException(HttpError.Timeout, "not complete in time");
        }
    }
}
