using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Node;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>
/// What the node's loop does for the pods that run here: fetches their programs, tells the API server their status, and confirms deletions.
/// </summary>
public sealed class PodDuty : INodeDuty
{
    private const int FirstRetry = 500;
    private const int LongestRetry = 30 * 1000;

    private readonly PodTable _pods;
    private readonly ApiClient _client;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly NodeState _node;
    private readonly PodPreparation _preparation;
    private readonly Random _random;

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
        _preparation = new PodPreparation(client, pods, nodeName);
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <summary>Gets or sets the watch that begins once the Node is registered.</summary>
    public PodWatch Watch { get; set; }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        if (Watch != null)
        {
            Watch.IsWanted = stage >= NodeStage.Registered;
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
                long at = HasWork(pod) ? pod.RetryAt : pod.ReconcileAt;
                due = at < due ? at : due;
            }
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

                if (HasWork(pod) && pod.RetryAt <= now && (due == null || pod.RetryAt < due.RetryAt))
                {
                    due = pod;
                }
            }
        }

        if (due != null)
        {
            DoFor(due);
        }

        return due != null;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }

    internal static string PathOf(string podNamespace, string name)
    {
        return "/api/v1/namespaces/" + podNamespace + "/pods/" + name;
    }

    /// <summary>Confirms the deletion of a pod, of none but this one.</summary>
    internal static ApiResult Delete(ApiClient client, string podNamespace, string name, string uid)
    {
        JsonWriter json = client.Begin(Verb.Delete, PathOf(podNamespace, name), MediaType.Json);
        PodDocument.WriteDeletion(json, uid);
        return client.Send(null);
    }

    private static bool HasWork(Pod pod)
    {
        return !pod.IsGone && (pod.NeedsPreparation || pod.Version != pod.SentVersion || (pod.IsDeleting && pod.IsOver));
    }

    private void DoFor(Pod pod)
    {
        bool isPrepared = !pod.NeedsPreparation || Prepare(pod);
        if (isPrepared || pod.Version != pod.SentVersion)
        {
            bool isDone = pod.Version != pod.SentVersion ? Report(pod) : !(pod.IsDeleting && pod.IsOver) || ConfirmDeletion(pod);
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

    /// <returns>Whether all containers have what they need.</returns>
    private bool Prepare(Pod pod)
    {
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            Container container = pod.Containers[i];
            if (container.IsPrepared || container.IsOver)
            {
                continue;
            }

            if (!_preparation.Run(pod.Spec, container.Spec, _node.Address))
            {
                NoteProblem(pod, container);
                return false;
            }

            lock (_pods.Gate)
            {
                container.Prepare(_preparation.Program, _preparation.Environment);
                pod.Change();
            }

            pod.Record(EventRecorder.Normal, EventReason.Pulled, "Program " + container.Spec.ProgramKey + " read from ConfigMap " + container.Spec.ProgramConfigMap);
            _preparation.Clear();
            _pods.Workloads?.Wake();
        }

        return true;
    }

    private void NoteProblem(Pod pod, Container container)
    {
        // The authorizer learns a moment after the binding which ConfigMaps the node may read.
        bool isTooEarly = _preparation.Result.Outcome == ApiOutcome.Forbidden && pod.Failures < 2;
        string problem = _preparation.Problem ?? (_preparation.Result.IsRefusal && !isTooEarly ? _preparation.Result.Message : null);
        if (problem == null)
        {
            return;
        }

        lock (_pods.Gate)
        {
            if (container.Wait(PodPreparation.ConfigError, problem))
            {
                pod.Change();
                pod.Record(EventRecorder.Warning, EventReason.Failed, "Error: " + problem);
            }
        }
    }

    /// <returns>Whether the API server knows the status.</returns>
    private bool Report(Pod pod)
    {
        JsonWriter json = _client.Begin(Verb.Patch, PathOf(pod.Spec.Namespace, pod.Spec.Name) + "/status", MediaType.StrategicMergePatch);
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
        ApiResult result = Delete(_client, pod.Spec.Namespace, pod.Spec.Name, pod.Spec.Uid);
        if (result.IsOk)
        {
            _pods.Remove(pod.Spec.Uid);
            return true;
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

        _pods.Remove(pod.Spec.Uid);
        return true;
    }

    private bool Complain(string what, string name, ApiResult result)
    {
        _log.Warn("pod's " + what + " not taken", "pod", name, "error", result.Describe());
        return false;
    }
}
