using PicoKubelet.Api;
using PicoKubelet.Events;

namespace PicoKubelet.Pods;

// Containers get what they need to run.
public sealed partial class PodDuty
{
    // As long as the kubelet waits before it looks at a pod again of which nothing is heard.
    private const int LookAgain = 60 * 1000;

    /// <returns>Whether nothing failed that is to be tried again soon: all is there, on its way, or waits for its time.</returns>
    private bool Prepare(Pod pod)
    {
        long now = _clock.Milliseconds;
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            Container container = pod.Containers[i];
            if (container.IsPrepared || container.IsOver || container.PrepareAt > now || IsBackedOff(pod, container, now))
            {
                continue;
            }

            if (_preparation.Run(pod.Spec, container, _node.Address))
            {
                Complete(pod, container);
            }
            else if (_preparation.HasBegun)
            {
                pod.Record(EventRecorder.Normal, EventReason.Pulling, "Pulling image \"" + container.Spec.Image + "\"");
            }

            if (_preparation.Problem != null && _preparation.Reason != PodPreparation.ConfigError)
            {
                NoteImageProblem(pod, container, now);
            }
            else if (!container.IsPrepared && !_preparation.IsPulling && !_preparation.IsOffline)
            {
                NoteProblem(pod, container);
                return false;
            }
        }

        return true;
    }

    private void Complete(Pod pod, Container container)
    {
        lock (_pods.Gate)
        {
            container.SetImage(_preparation.ImageId);
            container.Prepare(_preparation.Program, _preparation.Arguments, _preparation.Environment);
            pod.Change();
        }

        ContainerSpec spec = container.Spec;
        string message;
        if (spec.IsImage)
        {
            message = _preparation.IsStored ? "Container image \"" + spec.Image + "\" already present on machine" : "Successfully pulled image \"" + spec.Image + "\"";
        }
        else if (spec.ProgramFile != null)
        {
            message = "Program " + spec.ProgramFile + " already present on the board";
        }
        else
        {
            message = "Program " + spec.ProgramKey + (_preparation.IsStored ? " already present on the board, of ConfigMap " : " read from ConfigMap ") + spec.ProgramConfigMap;
        }

        pod.Record(EventRecorder.Normal, EventReason.Pulled, message);
        _preparation.Clear();
        _pods.Workloads?.Wake();
    }

    /// <summary>Looks whether a container's image failed so shortly before that it is not asked for yet.</summary>
    private bool IsBackedOff(Pod pod, Container container, long now)
    {
        string problem = container.BackOff(now);
        if (problem == null)
        {
            return false;
        }

        string message = "Back-off pulling image \"" + container.Spec.Image + "\"";
        lock (_pods.Gate)
        {
            if (container.Wait(PodPreparation.PullBackOff, message + ": " + PodPreparation.PullError + ": " + problem))
            {
                pod.Change();
                pod.Record(EventRecorder.Normal, EventReason.BackOff, message);
            }
        }

        return true;
    }

    private void NoteImageProblem(Pod pod, Container container, long now)
    {
        string problem = _preparation.Problem;
        string reason = _preparation.Reason;
        bool hasFailed = reason == PodPreparation.PullError;
        if (hasFailed)
        {
            container.FailPull(problem, now);
        }
        else
        {
            container.PrepareLater(now + LookAgain);
        }

        lock (_pods.Gate)
        {
            if (!container.Wait(reason, problem))
            {
                return;
            }

            pod.Change();
            if (hasFailed)
            {
                pod.Record(EventRecorder.Warning, EventReason.Failed, "Failed to pull image \"" + container.Spec.Image + "\": " + problem);
            }
            else
            {
                pod.Record(EventRecorder.Warning, reason == PodPreparation.InvalidName ? EventReason.InspectFailed : reason, problem);
            }

            pod.Record(EventRecorder.Warning, EventReason.Failed, "Error: " + reason);
        }
    }

    private void NoteProblem(Pod pod, Container container)
    {
        string problem = _preparation.Problem;
        if (problem == null)
        {
            // The authorizer learns a moment after the binding which ConfigMaps the node may read.
            ApiResult result = _preparation.Result;
            if (!result.IsRefusal || result.Message == null || (result.Outcome == ApiOutcome.Forbidden && pod.Failures < 2))
            {
                return;
            }

            problem = result.Message;
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
}
