using PicoKubelet.Events;
using PicoKubelet.Programs;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

// ConfigMaps that running containers mount are asked for again, so that their programs see what changes.
public sealed partial class PodDuty
{
    /// <summary>Gets when the next one is to be asked for, in the clock's milliseconds, or <see cref="Due.Never"/>. The pods' gate is to be held.</summary>
    private long MountsDueAt
    {
        get
        {
            MountedConfigMap mount = FindMount(out _, out _, out _);
            return mount == null ? Due.Never : mount.CheckAt;
        }
    }

    /// <returns>Whether the API server was asked.</returns>
    private bool RefreshMount(long now)
    {
        Pod pod;
        MountedConfigMap mount;
        MountedConfigMap[] mounts;
        int index;
        lock (_pods.Gate)
        {
            mount = FindMount(out pod, out mounts, out index);
            if (mount == null || mount.CheckAt > now)
            {
                return false;
            }
        }

        string problem = MountReader.Refresh(_client, _pods.Context, pod.Spec.Namespace, mounts, index);
        if (problem != null && mount.Files == null && mount.Failures == 1)
        {
            // Its program runs from before a power cut, and may wait for the file: nothing else would say why.
            pod.Record(EventRecorder.Warning, EventReason.FailedMount, problem);
        }

        return true;
    }

    /// <summary>Finds the one that is due first.</summary>
    private MountedConfigMap FindMount(out Pod pod, out MountedConfigMap[] mounts, out int index)
    {
        MountedConfigMap first = null;
        pod = null;
        mounts = null;
        index = 0;
        for (int i = 0; _stage == NodeStage.InOrder && i < _pods.Count; i++)
        {
            Pod at = _pods.Get(i);
            for (int j = 0; at.MayRun && j < at.Containers.Length; j++)
            {
                Container container = at.Containers[j];
                MountedConfigMap[] all = container.IsPrepared && !container.IsOver ? container.Spec.Mounts : null;
                for (int k = 0; all != null && k < all.Length; k++)
                {
                    if (first == null || all[k].CheckAt < first.CheckAt)
                    {
                        first = all[k];
                        pod = at;
                        mounts = all;
                        index = k;
                    }
                }
            }
        }

        return first;
    }
}
