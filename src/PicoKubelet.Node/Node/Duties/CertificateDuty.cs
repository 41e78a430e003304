using System;
using PicoKubelet.Events;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Node.Duties;

/// <summary>Tells, once a day and well before, that the client certificate expires: a board can not have another one made by itself.</summary>
public sealed class CertificateDuty : INodeDuty
{
    // kube-controller-manager signs for a year; a month is enough for whoever has to go to the board.
    private const int WarningDays = 30;

    private readonly DateTime _expires;
    private readonly EventRecorder _events;
    private readonly TimeKeeper _time;
    private readonly Logger _log;
    private DateTime _next;

    /// <summary>Initializes the duty.</summary>
    /// <param name="identity">What the board signs in with.</param>
    /// <param name="events">Tells the cluster.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="log">Tells who watches the board.</param>
    public CertificateDuty(TlsIdentity identity, EventRecorder events, TimeKeeper time, Logger log)
    {
        _expires = identity.NotAfter;
        _events = events;
        _time = time;
        _log = log;
        _next = _expires.AddDays(-WarningDays);
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Timed;

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        DateTime now = _time.IsSet ? _time.UtcNow : _next;
        if (stage < Needs || now <= _next)
        {
            return;
        }

        _next = now.AddDays(1);
        string message = "clientCertificate " + (now < _expires ? "expires on " : "has expired on ") + _expires.ToString("yyyy-MM-ddTHH:mm:ssZ") + "; "
            + "the enroll program makes another one with --rotate";
        if (now < _expires)
        {
            _log.Warn(message);
        }
        else
        {
            _log.Error(message);
        }

        _events.Record(EventRecorder.Warning, EventReason.ClientCertificateExpiring, message);
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return int.MaxValue;
    }

    /// <inheritdoc/>
    public bool Do()
    {
        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }
}
