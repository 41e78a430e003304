using PicoKubelet.Pods;
using PicoKubelet.Runtime;

namespace PicoKubelet.Bench.Simulation;

/// <summary>
/// The threads that a board has for pods, as events of the simulation's clock: a turn of each program after the other, and a watch that ends with
/// what is there to tell. They take their turns while the node's loop waits too, as threads do.
/// </summary>
internal sealed class VirtualPods
{
    private readonly VirtualTime _time;
    private readonly VirtualWire _wire;
    private readonly FirmwareAllocations _allocations;
    private bool _isStopped;

    public VirtualPods(PodSystem pods, VirtualTime time, VirtualWire wire, FirmwareAllocations allocations)
    {
        (_time, _wire, _allocations) = (time, wire, allocations);
        Table = pods.Table;
        Repeat(pods.Table.Workloads);
        Repeat(pods.Watch);
    }

    /// <summary>Gets the pods.</summary>
    public PodTable Table { get; }

    /// <summary>Ends the threads, with the power.</summary>
    public void Stop() => _isStopped = true;

    private void Repeat(Loop loop)
    {
        if (_isStopped)
        {
            return;
        }

        int wait;
        using (_allocations.EnterSimulation())
        {
            _wire.IsBeside = true;
            wait = loop.Step();
            _wire.IsBeside = false;
        }

        _time.At(_time.Milliseconds + Math.Max(1, wait), () => Repeat(loop));
    }
}
