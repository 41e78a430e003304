using PicoKubelet.Hardware;
using PicoKubelet.Runtime;

namespace PicoKubelet.Pods;

/// <summary>Runs the programs of all pods in turns, on a thread of their own: the node's loop and its heartbeats wait for none of them.</summary>
public sealed class WorkloadLoop : ILoopBody
{
    private const int Idle = 1000;

    private readonly PodTable _pods;
    private readonly IClock _clock;

    /// <summary>Initializes the loop's body.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="clock">The monotonic clock.</param>
    public WorkloadLoop(PodTable pods, IClock clock)
    {
        _pods = pods;
        _clock = clock;
    }

    /// <inheritdoc/>
    public int Step()
    {
        long due = long.MaxValue;
        bool hasChanged = false;
        for (int i = 0; ; i++)
        {
            Pod pod;
            lock (_pods.Gate)
            {
                if (i >= _pods.Count)
                {
                    break;
                }

                pod = _pods.Get(i);
            }

            int version = pod.Version;
            long next = pod.Step(_clock.Milliseconds);
            hasChanged |= pod.Version != version;
            due = next < due ? next : due;
        }

        _pods.Sweep();
        if (hasChanged)
        {
            _pods.Node?.Wake();
        }

        long wait = due - _clock.Milliseconds;

        // One at least: the other threads are to have their turn.
        return wait < 1 ? 1 : wait < Idle ? (int)wait : Idle;
    }
}
