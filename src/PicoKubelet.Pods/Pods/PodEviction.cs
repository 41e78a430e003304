using PicoKubelet.Hardware;
using PicoKubelet.Node;

namespace PicoKubelet.Pods;

/// <summary>
/// Ends pods of a board that has MemoryPressure, one after the other, before its heap is used up: the one of the lowest priority, and of those
/// the one that takes most beyond what it asked for.
/// </summary>
internal sealed class PodEviction
{
    // The kubelet's interval: what was evicted is to have time to be gone.
    private const int Interval = 10 * 1000;

    private readonly PodTable _pods;
    private readonly NodeState _node;
    private readonly IClock _clock;
    private long _nextAt;

    public PodEviction(PodTable pods, NodeState node, IClock clock)
    {
        _pods = pods;
        _node = node;
        _clock = clock;
    }

    /// <summary>Looks whether a pod has to go. A collection is run only where the last heartbeat found little memory.</summary>
    public void Look()
    {
        IBoard board = _pods.Context.Board;
        long threshold = board.GetTotalHeap() / NodeFacts.PressureShare;
        if (_node.FreeHeap >= threshold || _clock.Milliseconds < _nextAt || _pods.Count == 0)
        {
            return;
        }

        _nextAt = _clock.Milliseconds + Interval;
        long free = board.GetFreeHeap();
        if (free >= threshold)
        {
            return;
        }

        lock (_pods.Gate)
        {
            Pod pod = FindFirst();
            pod?.Evict(Describe(pod, threshold, free));
        }

        _pods.Workloads?.Wake();
    }

    private static bool IsBefore(Pod pod, Pod other)
    {
        if (pod.Spec.Priority != other.Spec.Priority)
        {
            return pod.Spec.Priority < other.Spec.Priority;
        }

        return pod.MemoryBytes - pod.Spec.RequestBytes > other.MemoryBytes - other.Spec.RequestBytes;
    }

    // The kubelet's words.
    private static string Describe(Pod pod, long threshold, long free)
    {
        string text = "The node was low on resource: memory. Threshold quantity: " + threshold.ToString() + ", available: " + free.ToString() + ". ";
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            Container container = pod.Containers[i];
            if (container.MemoryBytes > container.Spec.RequestBytes)
            {
                text += "Container " + container.Spec.Name + " was using " + container.MemoryBytes.ToString() + ", request is " + container.Spec.RequestBytes.ToString()
                    + ", has larger consumption of memory. ";
            }
        }

        return text;
    }

    private Pod FindFirst()
    {
        Pod first = null;
        for (int i = 0; i < _pods.Count; i++)
        {
            Pod pod = _pods.Get(i);

            // Static pods are critical ones, as the kubelet has it.
            if (pod.MayRun && !pod.IsStatic && (first == null || IsBefore(pod, first)))
            {
                first = pod;
            }
        }

        return first;
    }
}
