using System;
using PicoKubelet.Api;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Runtime;

namespace PicoKubelet.Pods;

// Static pods: what they need without the API server, and their mirrors.
public sealed partial class PodDuty
{
    // What the API server refuses, only a person can mend.
    private const int RefusedMirror = 300 * 1000;

    private IStorage _manifests;
    private ObjectVersion _mirror;
    private string _refusals;
    private string _lastRefusal;

    /// <summary>Reads the static pods, and has those run that need no network. Before the loops begin, once there is what keeps pods.</summary>
    /// <param name="storage">The board's storage.</param>
    public void LoadStatic(IStorage storage)
    {
        _refusals = StaticPods.Load(_pods, Keeper, storage, _nodeName, _log);
        _preparation.IsOffline = true;
        for (int i = 0; i < _pods.Count; i++)
        {
            _manifests = storage;
            Prepare(_pods.Get(i));
        }

        _preparation.IsOffline = false;
    }

    private void ObserveStatic()
    {
        if (_stage >= NodeStage.Timed && _manifests != null)
        {
            lock (_pods.Gate)
            {
                for (int i = 0; i < _pods.Count; i++)
                {
                    _pods.Get(i).TakeTime();
                }
            }
        }

        if (_stage >= NodeStage.Registered && _refusals != null)
        {
            _pods.Events.Record(EventRecorder.Warning, EventReason.StaticPodRefused, _refusals);
            _refusals = null;
        }
    }

    /// <returns>Whether there is nothing to be tried again soon.</returns>
    private bool CreateMirror(Pod pod)
    {
        string problem;
        try
        {
            WriteMirror(_client.Begin(Verb.Post, "/api/v1/namespaces/" + pod.Spec.Namespace + "/pods", MediaType.Json), pod);
            _mirror ??= new ObjectVersion();
            ApiResult result = _client.Send(_mirror);
            if (result.IsOk && _mirror.Uid != null)
            {
                lock (_pods.Gate)
                {
                    pod.Mirror(_mirror.Uid);
                }

                return true;
            }

            // One that is there already is told by the watch.
            bool isFinal = result.IsRefusal || result.Outcome == ApiOutcome.NotFound ? pod.Failures >= NotFoundRetries : result.Outcome == ApiOutcome.TooLarge;
            if (!isFinal)
            {
                return false;
            }

            problem = result.Outcome == ApiOutcome.TooLarge ? "has too much for a request of this board" : result.Describe();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            problem = e.Message;
        }

        // It runs all the same.
        pod.MirrorAt = _clock.Milliseconds + RefusedMirror;
        problem = pod.Spec.StaticFile + ": no mirror pod: " + problem;
        if (problem != _lastRefusal)
        {
            _log.Warn("static pod not mirrored", "error", problem);
            _pods.Events.Record(EventRecorder.Warning, EventReason.StaticPodRefused, problem);
            _lastRefusal = problem;
        }

        return true;
    }

    private void WriteMirror(JsonWriter json, Pod pod)
    {
        IStoredFile file = _manifests.OpenRead(pod.Spec.StaticFile);
        try
        {
            JsonReader manifest = new JsonReader(StaticPods.JsonBlockBytes, StaticPods.JsonTokenBytes);
            manifest.Reset(file ?? throw new InvalidOperationException("is there no more"));
            MirrorPod.Write(json, manifest, pod, _nodeName, _node.Uid);
        }
        finally
        {
            file?.Close();
        }
    }
}
