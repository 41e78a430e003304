using PicoKubelet.Events;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

// What its program reports by itself, and what it sees as files.
public sealed partial class Container
{
    private readonly EventTarget _pod;
    private EventTarget _target;

    /// <summary>Gets the gauges and counters of its program, or null where that has none.</summary>
    public ProgramReports Reports { get; private set; }

    /// <inheritdoc/>
    ProgramReports IProgramOwner.MakeReports()
    {
        return Reports ??= new ProgramReports();
    }

    /// <inheritdoc/>
    MountedConfigMap[] IProgramOwner.Mounts => Spec.Mounts;

    // As the kubelet's Events about a container. Apart from the pod's own, so that a program takes none of theirs.
    EventTarget IProgramOwner.MakeTarget()
    {
        return _target ??= new EventTarget(_pod.Kind, _pod.Namespace, _pod.Name, _pod.Uid, "spec.containers{" + Spec.Name + "}");
    }
}
