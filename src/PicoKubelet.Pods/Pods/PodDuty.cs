using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Rejection;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>
/// What the node's loop does for the pods that run here: fetches their programs, tells the API server their status, and confirms deletions.
/// </summary>
public sealed partial class PodDuty : INodeDuty
{
    private const int FirstRetry = 500;
    private const int LongestRetry = 30 * 1000;

    // NodeRestriction looks for Nodes and pods in a copy of its own, which lags behind: what is new is not found, or another one.
    // So that is believed only once it was said over some seconds.
    private const int NotFoundRetries = 4;

    private readonly PodTable _pods;
    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly NodeState _node;
    private readonly PodPreparation _preparation;
    private readonly PodEviction _eviction;
    private readonly Random _random;
    private readonly string _nodeName;
    private NodeStage _stage = NodeStage.InOrder;

    /// <summary>Initializes the duty.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="client">The client of the API server; the node's loop's.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="node">What the node knows of itself.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public PodDuty(PodTable pods, ApiClient client, string nodeName, NodeState node, IClock clock, Logger log, Random random)
    {
        _pods = pods;
        _client = client;
        _node = node;
        _clock = clock;
        _log = log;
        _random = random;
        _nodeName = nodeName;
        _preparation = new PodPreparation(client, pods, nodeName);
        _eviction = new PodEviction(pods, node, clock);
    }

    /// <summary>Gets the stage from which on there may be something to do: what is kept for a power cut is kept out of touch with the API server too.</summary>
    public NodeStage Needs => NodeStage.Off;

    /// <summary>Gets or sets what keeps pods for a power cut, or null where they are not kept.</summary>
    public PodKeeper Keeper { get; set; }

    /// <summary>Gets or sets the watch that begins once the Node is registered.</summary>
    public PodWatch Watch { get; set; }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        if (Watch != null)
        {
            bool isRegistered = stage >= NodeStage.Registered;
            if (isRegistered && !Watch.IsWanted)
            {
                ResendAll();
            }

            Watch.IsWanted = isRegistered;
        }

        _stage = stage;
        ObserveStatic();

        _eviction.Look();
    }

    /// <summary>Tells all again: after a silence the node controller has set the pods to not ready, and the watch may not have noticed yet that its connection is dead.</summary>
    private void ResendAll()
    {
        lock (_pods.Gate)
        {
            for (int i = 0; i < _pods.Count; i++)
            {
                _pods.Get(i).Resend();
            }
        }
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        long due = Due.Never;
        lock (_pods.Gate)
        {
            for (int i = 0; i < _pods.Count; i++)
            {
                Pod pod = _pods.Get(i);
                long at = WorkAt(pod);
                at = at < pod.ReconcileAt ? at : pod.ReconcileAt;
                due = at < due ? at : due;
            }

            long keepAt = Keeper == null ? Due.Never : Keeper.DueAt;
            due = keepAt < due ? keepAt : due;
            long checkAt = MountsDueAt;
            due = checkAt < due ? checkAt : due;
        }

        return Due.Until(_clock, due);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        long now = _clock.Milliseconds;
        Pod due = null;
        lock (_pods.Gate)
        {
            for (int i = 0; i < _pods.Count; i++)
            {
                Pod pod = _pods.Get(i);
                if (pod.ReconcileAt <= now)
                {
                    pod.Resend();
                }

                if (WorkAt(pod) <= now && (due == null || pod.RetryAt < due.RetryAt))
                {
                    due = pod;
                }
            }
        }

        if (due != null)
        {
            DoFor(due);
        }
        else if (RefreshMount(now))
        {
            return true;
        }
        else if (Keeper != null)
        {
            SaveIfDue(now);
        }

        return due != null;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    private long WorkAt(Pod pod)
    {
        bool isInTouch = _stage == NodeStage.InOrder;
        if (pod.IsGone || (!isInTouch && (!pod.IsStatic || _stage < NodeStage.Timed)))
        {
            return Due.Never;
        }

        long at = pod.PrepareAt;
        long tellAt = isInTouch ? pod.TellAt : Due.Never;
        at = tellAt < at ? tellAt : at;
        return at < pod.RetryAt ? pod.RetryAt : at;
    }

    private void SaveIfDue(long now)
    {
        bool isDue;
        lock (_pods.Gate)
        {
            isDue = Keeper.DueAt <= now;
        }

        if (isDue)
        {
            Keeper.Save(_client.BorrowBody());
        }
    }

    private void DoFor(Pod pod)
    {
        bool isPrepared = pod.PrepareAt > _clock.Milliseconds || Prepare(pod);
        if (isPrepared || pod.TellAt <= _clock.Milliseconds)
        {
            bool isDone = _stage < NodeStage.InOrder || pod.TellAt > _clock.Milliseconds || Tell(pod);
            if (isPrepared && isDone)
            {
                // Behind those that waited meanwhile.
                pod.Failures = 0;
                pod.RetryAt = _clock.Milliseconds;
                return;
            }
        }

        pod.RetryAt = _clock.Milliseconds + RetryOf(pod.Failures);
        pod.Failures++;
    }

    private int RetryOf(int failures)
    {
        int wait = failures > 6 ? LongestRetry : FirstRetry << failures;
        return (wait / 2) + _random.Next((wait / 2) + 1);
    }

    /// <returns>Whether there is nothing of it to be tried again.</returns>
    private bool Tell(Pod pod)
    {
        return pod.ApiUid == null ? CreateMirror(pod) : pod.Version != pod.SentVersion ? Report(pod) : ConfirmDeletion(pod);
    }

    /// <returns>Whether the API server knows the status.</returns>
    private bool Report(Pod pod)
    {
        JsonWriter json = _client.Begin(Verb.Patch, PodRequests.PathOf(pod.Spec.Namespace, pod.Spec.Name) + "/status", MediaType.StrategicMergePatch);
        int version;
        lock (_pods.Gate)
        {
            version = pod.Version;
            PodDocument.WritePatch(json, pod, _node.Address);
        }

        ApiResult result = _client.Send(null);
        if (result.IsOk)
        {
            pod.SentVersion = version;
            return true;
        }

        return IsAnother(result, pod) || Complain("status", pod.Spec.Name, result);
    }

    /// <returns>Whether the pod is gone.</returns>
    private bool ConfirmDeletion(Pod pod)
    {
        ApiResult result = PodRequests.Delete(_client, pod.Spec.Namespace, pod.Spec.Name, pod.Spec.Uid);
        if (result.IsOk)
        {
            _pods.Remove(pod.Spec.Uid);
            return true;
        }

        if (result.Outcome == ApiOutcome.NotFound && pod.Failures < NotFoundRetries)
        {
            return false;
        }

        return IsAnother(result, pod) || Complain("deletion", pod.Spec.Name, result);
    }

    /// <summary>Drops a pod that is not there any more, or another one by now.</summary>
    private bool IsAnother(ApiResult result, Pod pod)
    {
        if (result.Outcome != ApiOutcome.NotFound && result.Outcome != ApiOutcome.Conflict)
        {
            return false;
        }

        _pods.Remove(pod.ApiUid);
        return true;
    }

    private bool Complain(string what, string name, ApiResult result)
    {
        _log.Warn("pod's " + what + " not taken", "pod", name, "error", result.Describe());
        return false;
    }
}
