using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;

namespace PicoKubelet.Http.Server;

/// <summary>Lets clients in by TLS: bounds each handshake, and counts those that fail.</summary>
public sealed class TlsDoor
{
    private readonly IServerTls _tls;
    private readonly ServerStatistics _statistics;
    private readonly IClock _clock;
    private readonly Logger _log;
    private bool _hasTold;

    /// <summary>Initializes the door.</summary>
    /// <param name="tls">Speaks TLS.</param>
    /// <param name="statistics">Where what fails is counted.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    public TlsDoor(IServerTls tls, ServerStatistics statistics, IClock clock, Logger log)
    {
        _tls = tls;
        _statistics = statistics;
        _clock = clock;
        _log = log;
    }

    /// <summary>Makes the handshake with a client.</summary>
    /// <param name="wire">Its connection.</param>
    /// <returns>The connection that speaks TLS, or null where the handshake failed.</returns>
    public IClientConnection Enter(IClientConnection wire)
    {
        wire.Deadline = _clock.Milliseconds + RequestHandler.StageTimeout;
        try
        {
            return new SecureConnection(wire, _tls.Accept(wire));
        }
        catch (Exception e)
        {
            if (e is OutOfMemoryException)
            {
                throw;
            }

            _statistics.NoteHandshakeFailed();
            if (!_hasTold)
            {
                // Once: anybody can cause it at will.
                _hasTold = true;
                _log.Warn("a client of the port failed the TLS handshake; the next ones are only counted", "client", wire.Peer, "error", e.Message);
            }

            return null;
        }
    }
}
