using System;
using System.Net;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Runtime;

/// <summary>
/// Sends the log's lines to a host, as RFC 5424 over UDP (RFC 5426) has them. It reads the ring that keeps the last lines anyway: whoever
/// logs waits for nothing, lines from before the network are sent once there is one, and what the ring loses before it could be
/// sent is counted. That something could not be sent is counted too and no line of the log, which would have to be sent.
/// </summary>
public sealed class Syslog
{
    /// <summary>The bytes of the longest message: what every receiver has to take (RFC 5424, 6.1). What is longer is cut.</summary>
    public const int MaxMessageBytes = 480;

    // RFC 5424, 6.2.1: the facility "system daemons", in which a kubelet's own lines are too.
    private const int Facility = 3 * 8;

    // Where the first letter of a level's name is in a line of the log.
    private const int LevelAt = 6;

    private const int ResolveTimeout = 5000;

    // How long an address holds that was asked for by name, and how long to wait after a failure: to ask may take a device seconds.
    private const int AddressMilliseconds = 600 * 1000;
    private const int RetryMilliseconds = 60 * 1000;

    private readonly LogRing _log;
    private readonly ISocketLayer _sockets;
    private readonly IClock _clock;
    private readonly string _host;
    private readonly int _port;
    private readonly string _hostName;
    private readonly int _boots;
    private readonly Utf8Writer _message = new Utf8Writer(MaxMessageBytes);
    private readonly byte[] _piece = new byte[LogRing.MaxLineBytes];
    private IPEndPoint _server;
    private long _resolveAt;
    private long _notBefore;
    private long _position;
    private int _isSending;

    /// <summary>Initializes the sender; nothing is sent yet.</summary>
    /// <param name="log">The log's last lines.</param>
    /// <param name="sockets">What opens sockets.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="settings">The settings, with <see cref="DeviceSettings.SyslogHost"/>.</param>
    /// <param name="hostName">Who the lines are of: the Node's name.</param>
    /// <param name="boots">The number of this start, which stands for the process: another one tells that the board was restarted.</param>
    public Syslog(LogRing log, ISocketLayer sockets, IClock clock, DeviceSettings settings, string hostName, int boots)
    {
        _log = log;
        _sockets = sockets;
        _clock = clock;
        _host = settings.SyslogHost;
        _port = settings.SyslogPort;
        _hostName = hostName;
        _boots = boots;
    }

    /// <summary>Gets how many lines were sent. Whether they arrived nobody knows.</summary>
    public int Sent { get; private set; }

    /// <summary>Gets how often sending failed: what could not be sent is tried again.</summary>
    public int Failed { get; private set; }

    /// <summary>Gets how many lines were pushed out of the ring before they were sent.</summary>
    public int Lost { get; private set; }

    /// <summary>Sends the lines that there are by now, unless that failed a short time ago. Waits for a name's address at most; never throws.</summary>
    public void Send()
    {
        // A reboot sends the last lines, from whichever thread it comes.
        if (Interlocked.CompareExchange(ref _isSending, 1, 0) != 0)
        {
            return;
        }

        try
        {
            if (_position < _log.End && _clock.Milliseconds >= _notBefore)
            {
                FindServer();
                SendLines();
            }
        }
        catch (Exception)
        {
            NoteFailure();
        }
        finally
        {
            _isSending = 0;
        }
    }

    private void FindServer()
    {
        if (_server != null && _clock.Milliseconds < _resolveAt)
        {
            return;
        }

        IPAddress address = Ipv4Address.Parse(_host) ?? _sockets.Resolve(_host, ResolveTimeout);
        _server = new IPEndPoint(address ?? throw new ConnectException(ConnectPhase.Resolve, "no IPv4 address"), _port);
        _resolveAt = _clock.Milliseconds + AddressMilliseconds;
    }

    private void SendLines()
    {
        // Opened for each batch: on a Pico W it is one of four sockets, which clients of the port need in between.
        IDatagramSocket socket = _sockets.OpenDatagrams();
        try
        {
            // Counted before each look: what is logged right after the last one is not lost.
            int lines = _log.Lines;
            long position = _position;
            while (ReadMessage(ref position))
            {
                if (!socket.Send(_message.Buffer, _message.Length, _server))
                {
                    NoteFailure();
                    return;
                }

                Sent++;
                _position = position;
                lines = _log.Lines;
            }

            Lost = lines - Sent;
        }
        finally
        {
            socket.Close();
        }
    }

    private void NoteFailure()
    {
        Failed++;
        _server = null;
        _notBefore = _clock.Milliseconds + RetryMilliseconds;
    }

    /// <returns>Whether there was another line.</returns>
    private bool ReadMessage(ref long position)
    {
        int length = _log.Read(ref position, _piece, out long ticks, out bool endsLine);
        if (length < 0)
        {
            return false;
        }

        WriteHead(SeverityOf(_piece, length), ticks);
        Append(length);
        while (!endsLine && (length = _log.Read(ref position, _piece, out _, out endsLine)) >= 0)
        {
            Append(length);
        }

        return true;
    }

    private void WriteHead(int severity, long ticks)
    {
        _message.Reset();
        _message.WriteByte((byte)'<');
        _message.Write(Facility + severity);
        _message.Write(">1 ");
        if (LogRing.IsTime(ticks))
        {
            Timestamp.WriteMicro(_message, new DateTime(ticks));
        }
        else
        {
            // NILVALUE: the clock was not set.
            _message.WriteByte((byte)'-');
        }

        _message.WriteByte((byte)' ');
        _message.Write(_hostName);
        _message.Write(" picokubelet ");
        _message.Write(_boots);

        // No MSGID and no structured data: logfmt has its own.
        _message.Write(" - - ");
    }

    private void Append(int length)
    {
        int room = MaxMessageBytes - _message.Length;
        if (length > room)
        {
            length = room;

            // Not within a character: its further bytes begin with 10 in binary.
            while (length > 0 && (_piece[length] & 0xc0) == 0x80)
            {
                length--;
            }
        }

        _message.Write(_piece, 0, length);
    }

    /// <returns>RFC 5424, 6.2.1: error 3, warning 4, informational 6, debug 7.</returns>
    private static int SeverityOf(byte[] line, int length)
    {
        return (length > LevelAt ? line[LevelAt] : 0) switch
        {
            (byte)'e' => 3,
            (byte)'w' => 4,
            (byte)'d' => 7,
            _ => 6,
        };
    }
}
