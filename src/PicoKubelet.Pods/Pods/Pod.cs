using System;
using PicoKubelet.Events;
using PicoKubelet.Programs;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>
/// A pod on this node, from its admission to its end. The workloads' loop steps it; what others look at changes under the pods' gate.
/// </summary>
public sealed partial class Pod
{
    private readonly ProgramContext _context;
    private readonly object _gate;
    private readonly EventRecorder _events;
    private readonly EventTarget _target;
    private readonly long _deadline;
    private readonly long _created;
    private bool _hasStopped;

    internal Pod(PodSpec spec, PodHistory history, ProgramContext context, PodLimits limits, EventRecorder events, object gate)
    {
        Spec = spec;
        _context = context;
        _gate = gate;
        _events = events;
        _target = new EventTarget("Pod", spec.Namespace, spec.Name, spec.Uid);
        DateTime now = context.UtcNow;
        StartTime = Timestamp.TryParse(history.StartTime, out DateTime started) ? started : now;

        // A board that was just switched on has no time yet.
        now = now < StartTime ? StartTime : now;
        Containers = new Container[spec.Containers.Length];
        for (int i = 0; i < Containers.Length; i++)
        {
            Containers[i] = new Container(spec.Containers[i], _target, context, limits.LogBytes, StartTime);
            int restarts = history.RestartsOf(spec.Containers[i].Name, out bool hasRun);
            Containers[i].Restore(restarts, hasRun, spec.RestartPolicy, now);
            history.DigestOf(spec.Containers[i].Name, out _, out int backoff);
            Containers[i].BackoffMilliseconds = backoff;
        }

        long active = (now.Ticks - StartTime.Ticks) / TimeSpan.TicksPerMillisecond;
        _deadline = spec.ActiveDeadlineSeconds > 0 ? context.Clock.Milliseconds + (spec.ActiveDeadlineSeconds * 1000L) - active : long.MaxValue;
        _created = context.Clock.Milliseconds;
        KillAt = long.MaxValue;
        LastTransition = now;
        Change();
    }

    /// <summary>Gets what is to run.</summary>
    public PodSpec Spec { get; }

    /// <summary>Gets its containers.</summary>
    public Container[] Containers { get; }

    /// <summary>Gets when the node took it, UTC; the default value of one that was taken before there was a time.</summary>
    public DateTime StartTime { get; private set; }

    /// <summary>Gets its phase, of <see cref="PodPhase"/>.</summary>
    public string Phase { get; private set; }

    /// <summary>Gets the reason of its failure, or null.</summary>
    public string Reason { get; private set; }

    /// <summary>Gets the message of its failure, or null.</summary>
    public string Message { get; private set; }

    /// <summary>Gets whether all containers are ready.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Gets when <see cref="IsReady"/> was another one, UTC.</summary>
    public DateTime LastTransition { get; private set; }

    /// <summary>Gets whether somebody deleted it.</summary>
    public bool IsDeleting { get; private set; }

    /// <summary>Gets whether nothing of it runs, nor will.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Gets the memory that its programs' code takes and that they have touched, bytes.</summary>
    public int MemoryBytes
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < Containers.Length; i++)
            {
                sum += Containers[i].MemoryBytes;
            }

            return sum;
        }
    }

    /// <summary>Gets a number that is another one with each change of what its status tells.</summary>
    public int Version { get; private set; }

    /// <summary>Gets or sets the version that the API server knows.</summary>
    internal int SentVersion { get; set; }

    /// <summary>Gets or sets whether the pod is gone from the API server; it is dropped once nothing of it runs.</summary>
    internal bool IsGone { get; private set; }

    /// <summary>Gets or sets whether the list that is being read has it.</summary>
    internal bool IsSeen { get; set; }

    /// <summary>Gets or sets when the duty is to try again what it can not do for it now, in the clock's milliseconds.</summary>
    internal long RetryAt { get; set; }

    /// <summary>Gets or sets how often the duty tried in vain.</summary>
    internal int Failures { get; set; }

    /// <summary>Gets when its programs are ended, in the clock's milliseconds.</summary>
    internal long KillAt { get; private set; }

    /// <summary>Gets when a container of it is to get what it lacks, program and environment, in the clock's milliseconds, or <see cref="Due.Never"/>.</summary>
    internal long PrepareAt
    {
        get
        {
            long at = Due.Never;
            for (int i = 0; i < Containers.Length && !IsDeleting && !IsGone; i++)
            {
                Container container = Containers[i];
                if (!container.IsPrepared && !container.IsOver && container.PrepareAt < at)
                {
                    at = container.PrepareAt;
                }
            }

            return at;
        }
    }

    /// <summary>Ends it: its programs are asked to end, and ended after a grace.</summary>
    internal void Delete(int graceSeconds)
    {
        long killAt = _context.Clock.Milliseconds + (graceSeconds * 1000L);
        KillAt = killAt < KillAt ? killAt : KillAt;
        IsDeleting = true;
    }

    /// <summary>Ends it at once: the board's memory is low.</summary>
    internal void Evict(string message)
    {
        Fail(EventRecorder.Warning, EventReason.Evicted, message, 0);
    }

    /// <summary>Notes that it is gone from the API server, so that nobody waits for a grace.</summary>
    internal void Forget()
    {
        IsGone = true;
        KillAt = 0;
    }

    /// <summary>Tells something as an Event.</summary>
    internal void Record(string type, string reason, string message)
    {
        if (_context.Time.IsSet)
        {
            _events.Record(_target, type, reason, message);
        }
    }

    /// <summary>Notes that the status tells something else, and derives what follows from the containers.</summary>
    internal void Change()
    {
        bool isReady = !IsDeleting;
        for (int i = 0; i < Containers.Length; i++)
        {
            isReady &= Containers[i].IsReady;
        }

        if (isReady != IsReady)
        {
            IsReady = isReady;
            LastTransition = UtcNow;
        }

        Phase = Reason != null ? PodPhase.Failed : PodPhase.Of(Containers);
        Version++;
    }

    /// <summary>Does what is due. For the workloads' loop alone.</summary>
    /// <returns>When there is more to do, in the clock's milliseconds.</returns>
    internal long Step(long now)
    {
        Bound(now);
        long due = IsOver ? long.MaxValue : NextBound;
        for (int i = 0; i < Containers.Length; i++)
        {
            Container container = Containers[i];
            if (container.DueAt <= now)
            {
                Turn(container, now);
            }

            due = container.DueAt < due ? container.DueAt : due;
        }

        Conclude();
        return due;
    }

    /// <summary>Gets whether nothing has ended it, nor is to.</summary>
    internal bool MayRun => !IsDeleting && !IsGone && Reason == null;

    private long NextBound
    {
        get
        {
            long bound = _hasStopped ? KillAt : _deadline;
            return IsDeleting || IsGone ? KillAt : bound;
        }
    }

    /// <summary>Ends what is to end: by a deletion, or by the time that the pod may be active.</summary>
    private void Bound(long now)
    {
        if (IsOver)
        {
            return;
        }

        lock (_gate)
        {
            if (Reason == null && now >= _deadline)
            {
                Fail(EventRecorder.Normal, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline", Spec.GraceSeconds);
            }

            if (!MayRun && !_hasStopped)
            {
                _hasStopped = true;
                Stop();
            }

            if (now >= KillAt)
            {
                for (int i = 0; i < Containers.Length; i++)
                {
                    Containers[i].Kill("Error");
                }
            }
        }
    }

    private void Fail(string type, string reason, string message, int graceSeconds)
    {
        Reason = reason;
        Message = message;
        KillAt = _context.Clock.Milliseconds + (graceSeconds * 1000L);
        Record(type, reason, message);
        Change();
    }

    private void Stop()
    {
        DateTime utc = UtcNow;
        for (int i = 0; i < Containers.Length; i++)
        {
            Container container = Containers[i];
            if (container.HasRun)
            {
                Record(EventRecorder.Normal, EventReason.Killing, "Stopping container " + container.Spec.Name);
                container.RequestStop();
            }
            else
            {
                container.Cancel("Error", utc);
            }
        }

        Change();
    }
}
