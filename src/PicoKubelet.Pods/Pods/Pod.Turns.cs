using PicoKubelet.Events;
using PicoKubelet.Probes;
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
            if (container.Probes != null)
            {
                Judge(container, now);
            }

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

    /// <summary>Tells what the probes found, and restarts what they gave up.</summary>
    private void Judge(Container container, long now)
    {
        string failure = container.Probes.TakeFailure();
        if (failure != null)
        {
            Record(EventRecorder.Warning, EventReason.Unhealthy, failure);
        }

        Probe lost = container.Probes.TakeLost();
        if (lost != null && MayRun)
        {
            // The kubelet's words.
            string what = "Container " + container.Spec.Name + " failed " + ContainerProbes.NameOf(lost.Kind, false) + " probe";
            Record(EventRecorder.Normal, EventReason.Killing, Spec.RestartPolicy == RestartPolicy.Never ? what : what + ", will be restarted");
            container.Restart(now, lost.Spec.GraceSeconds < 0 ? Spec.GraceSeconds : lost.Spec.GraceSeconds);
        }

        if (container.Probes.TakeChange())
        {
            Change();
        }
    }

    /// <returns>Whether a run began.</returns>
    private bool TryStart(Container container, long now)
    {
        string obstacle = container.Claim("pod " + Spec.Namespace + "/" + Spec.Name) ?? container.FindLack();
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
