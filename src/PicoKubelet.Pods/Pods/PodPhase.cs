namespace PicoKubelet.Pods;

/// <summary>The phases of a pod (core/v1), and which of them follows from its containers, as the kubelet has it.</summary>
public static class PodPhase
{
    /// <summary>A container has not run yet.</summary>
    public const string Pending = "Pending";

    /// <summary>Containers run, or are to be started again.</summary>
    public const string Running = "Running";

    /// <summary>All ended with 0 and are not started again.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>All ended, one of them not with 0, and are not started again.</summary>
    public const string Failed = "Failed";

    /// <summary>Derives the phase.</summary>
    /// <param name="containers">The pod's containers.</param>
    /// <returns>One of the phases.</returns>
    public static string Of(Container[] containers)
    {
        int over = 0;
        int failed = 0;
        for (int i = 0; i < containers.Length; i++)
        {
            Container container = containers[i];
            if (container.IsOver)
            {
                over++;
                failed += container.State.ExitCode == 0 ? 0 : 1;
            }
            else if (container.State.Phase == ContainerPhase.Waiting && container.LastState == null)
            {
                return Pending;
            }
        }

        if (over < containers.Length)
        {
            return Running;
        }

        return failed > 0 ? Failed : Succeeded;
    }
}
