using PicoKubelet.Events;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

// The turns of its containers.
public sealed partial class Pod
{
    private void Turn(Container container, long now)
    {
        if (!container.HasRun && (!MayRun || !TryStart(container, now)))
        {
            return;
        }

        container.RunTurn();
        lock (_gate)
        {
            if (!container.Observe(Spec.RestartPolicy, MayRun, now))
            {
                return;
            }

            if (container.State.Phase == ContainerPhase.Running)
            {
                Record(EventRecorder.Normal, EventReason.Started, "Started container " + container.Spec.Name);
            }
            else if (container.State.Reason == Container.CrashLoop)
            {
                Record(EventRecorder.Warning, EventReason.BackOff, "Back-off restarting failed container");
            }
            else if (container.State.ExitCode == ProgramRun.NotStarted)
            {
                Record(EventRecorder.Warning, EventReason.Failed, "Error: " + container.State.Message);
            }

            Change();
        }
    }

    /// <returns>Whether a run began.</returns>
    private bool TryStart(Container container, long now)
    {
        string obstacle = container.TryClaim("pod " + Spec.Namespace + "/" + Spec.Name) ? container.FindLack() : "a pin of the limits is set by the node's ConfigMap or held by another pod";
        if (obstacle == null)
        {
            container.Start(now);
            return true;
        }

        lock (_gate)
        {
            container.Postpone(now);
            if (container.Wait("CreateContainerError", obstacle))
            {
                Record(EventRecorder.Warning, EventReason.Failed, "Error: " + container.State.Message);
                Change();
            }
        }

        return false;
    }

    private void Conclude()
    {
        if (IsOver)
        {
            return;
        }

        for (int i = 0; i < Containers.Length; i++)
        {
            if (!Containers[i].IsOver)
            {
                return;
            }
        }

        lock (_gate)
        {
            IsOver = true;
            Change();
        }
    }
}
