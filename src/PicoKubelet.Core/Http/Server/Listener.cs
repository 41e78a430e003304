using System;
using System.Net.Sockets;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;

namespace PicoKubelet.Http.Server;

/// <summary>
/// The listening socket, shared by those who serve. It opens once the board has an address, and opens again when that is
/// another one or the socket failed. Nobody is taken whom nobody can serve: who waits, waits in TCP's backlog.
/// </summary>
public sealed class Listener
{
    // How long a client may take for a request while others wait. Usually the request follows right behind the handshake, but
    // Wi-Fi holds packets back for tens of milliseconds, and a lost one is sent again after some 200 (RFC 6298's bound in practice).
    // Each client that is turned away halves it, down to what has arrived when a client's turn comes, and each that is
    // served doubles it: fifty that send nothing cost the one behind them twice this, and busy hours cost nobody anything.
    private const int FullGrace = 1000;

    // How often the address is looked at while nobody comes.
    private const int PollMicroseconds = 1000 * 1000;
    private const int RetryMilliseconds = 1000;

    private readonly ISocketLayer _sockets;
    private readonly IPortOwner _owner;
    private readonly int _port;
    private readonly int _backlog;
    private readonly string _name;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly ManualResetEvent _stop = new ManualResetEvent(false);
    private readonly object _gate = new object();
    private Socket _socket;
    private string _address;
    private int _claim;
    private bool _isAccepting;
    private bool _isStopping;

    /// <summary>Initializes the listener; nothing is open yet.</summary>
    /// <param name="name">Whose port it is, for the log.</param>
    /// <param name="owner">Knows the board's address.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    /// <param name="sockets">Opens the socket.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    public Listener(string name, IPortOwner owner, int port, int backlog, ISocketLayer sockets, IClock clock, Logger log)
    {
        _sockets = sockets;
        _owner = owner;
        _port = port;
        _backlog = backlog;
        _name = name;
        _clock = clock;
        _log = log;
        LastLook = clock.Milliseconds;
    }

    /// <summary>Gets whether no more connections are taken.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Gets how long a client may take for a request while others wait, in milliseconds.</summary>
    public int Grace { get; private set; } = FullGrace;

    /// <summary>Gets when it last looked whether somebody comes, in the monotonic clock's milliseconds; each second while one who serves is free.</summary>
    public long LastLook { get; private set; }

    /// <summary>Waits for the next connection and takes it.</summary>
    /// <returns>The connection's socket, or null once it was stopped.</returns>
    /// <remarks>In one method: the thread of each that is free rests here, and each call's frame takes 204 bytes of a device's heap meanwhile.</remarks>
    public Socket Accept()
    {
        // One at a time: all others that are free wait for the gate instead.
        lock (_gate)
        {
            _isAccepting = true;
            try
            {
                while (!_isStopping)
                {
                    LastLook = _clock.Milliseconds;
                    try
                    {
                        if (!TryOpen())
                        {
                            _stop.WaitOne(RetryMilliseconds / 4, false);
                            continue;
                        }

                        if (!_socket.Poll(0, SelectMode.SelectRead))
                        {
                            // Nobody waits: the pressure is gone.
                            Grace = FullGrace;
                            if (!_socket.Poll(PollMicroseconds, SelectMode.SelectRead))
                            {
                                continue;
                            }
                        }

                        Socket accepted = _socket.Accept();
                        _claim = 0;
                        return accepted;
                    }
                    catch (OutOfMemoryException)
                    {
                        Close();
                        throw;
                    }
                    catch (Exception e)
                    {
                        // A socket that was open and failed is opened again, and that is logged; what keeps it from opening is worth an error.
                        if (_socket == null)
                        {
                            Report(e.Message);
                        }

                        Close();
                        _stop.WaitOne(RetryMilliseconds, false);
                    }
                }

                Close();
                return null;
            }
            finally
            {
                _isAccepting = false;
            }
        }
    }

    /// <summary>Asks whether a client that has been in service for a while must give its place to one that waits.</summary>
    /// <returns>True for one caller a client that waits.</returns>
    public bool Claims()
    {
        Socket socket = _socket;
        try
        {
            // Whom somebody takes who is free nobody has to make room for.
            if (_isAccepting || socket == null || !socket.Poll(0, SelectMode.SelectRead))
            {
                return false;
            }
        }
        catch (Exception)
        {
            // Whoever accepts next finds out and opens another one.
            return false;
        }

        if (Interlocked.CompareExchange(ref _claim, 1, 0) != 0)
        {
            return false;
        }

        Grace /= 2;
        return true;
    }

    /// <summary>Takes note of a client whose request was complete.</summary>
    public void NoteServed()
    {
        int grace = Grace == 0 ? 1 : Grace * 2;
        Grace = grace < FullGrace ? grace : FullGrace;
    }

    /// <summary>Takes no more connections.</summary>
    public void Stop()
    {
        _isStopping = true;
        _stop.Set();
        Close();
    }

    /// <summary>Opens the port at the board's address, where it is not open there.</summary>
    /// <returns>False while the board has no address.</returns>
    private bool TryOpen()
    {
        string address = _owner.Address;
        if (_socket != null && address != _address)
        {
            Close();
        }

        if (address == null)
        {
            return false;
        }

        if (_socket == null)
        {
            _socket = _sockets.Listen(address, _port, _backlog);
            _address = address;
            _owner.PortFailure = null;
            _log.Info(_name + " listens", "address", address, "port", _port.ToString());
        }

        return true;
    }

    private void Report(string failure)
    {
        string text = "port " + _port.ToString() + " can not be opened: " + failure;
        if (!_isStopping && text != _owner.PortFailure)
        {
            _log.Error(_name + "'s port can not be opened", "error", text);
            _owner.PortFailure = text;
        }
    }

    private void Close()
    {
        Socket socket = _socket;
        _socket = null;
        if (socket == null)
        {
            return;
        }

        try
        {
            socket.Close();
        }
        catch (Exception)
        {
            // It is gone either way.
        }
    }
}
