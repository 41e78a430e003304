using System;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

// What the API server has of it: of a static pod, its mirror.
public sealed partial class Pod
{
    // What this node told last may be on its way to the watch yet.
    private const int Patience = 5000;

    private string _mirrorUid;

    /// <summary>Gets whether it is one of the board's own, whatever the API server says.</summary>
    internal bool IsStatic => Spec.StaticFile != null;

    /// <summary>Gets the uid that it has at the API server, or null where it has none there.</summary>
    internal string ApiUid => IsStatic ? _mirrorUid : Spec.Uid;

    /// <summary>Gets or sets when its mirror is to be made, in the clock's milliseconds, or <see cref="Due.Never"/>.</summary>
    internal long MirrorAt { get; set; } = Due.Never;

    /// <summary>Gets when the status is to be told again, in the clock's milliseconds: the API server shows another one.</summary>
    internal long ReconcileAt { get; private set; } = Due.Never;

    /// <summary>Gets when there is something to tell the API server, in the clock's milliseconds, or <see cref="Due.Never"/>.</summary>
    internal long TellAt => ApiUid == null ? MirrorAt : Version != SentVersion || (IsDeleting && IsOver) ? 0 : Due.Never;

    /// <summary>Notes that the API server has its mirror, which is to be told the status.</summary>
    internal void Mirror(string uid)
    {
        IsSeen = true;
        MirrorAt = Due.Never;
        if (_mirrorUid != uid)
        {
            _mirrorUid = uid;
            Version++;
        }
    }

    /// <summary>Notes that the API server has it not, or no more: a static pod goes on, and is to be mirrored.</summary>
    internal void Lose()
    {
        if (!IsStatic)
        {
            Forget();
            return;
        }

        _mirrorUid = null;
        MirrorAt = 0;
    }

    /// <summary>Notes what the API server shows. The node controller sets the pods of a node that was silent to not ready, and nobody else sets them back.</summary>
    internal void NoteShown(bool isReady)
    {
        if (isReady == IsReady || SentVersion != Version)
        {
            ReconcileAt = Due.Never;
        }
        else if (ReconcileAt == Due.Never)
        {
            ReconcileAt = _context.Clock.Milliseconds + Patience;
        }
    }

    /// <summary>Has the status told again.</summary>
    internal void Resend()
    {
        ReconcileAt = Due.Never;
        Version++;
    }

    /// <summary>Gives it its times, where it began before the board had the time.</summary>
    internal void TakeTime()
    {
        if (StartTime == default(DateTime) && _context.Time.IsSet)
        {
            StartTime = new DateTime(_context.UtcNow.Ticks - ((_context.Clock.Milliseconds - _created) * TimeSpan.TicksPerMillisecond));
            LastTransition = StartTime;
            for (int i = 0; i < Containers.Length; i++)
            {
                Containers[i].TakeTime(StartTime);
            }

            Version++;
        }
    }
}
