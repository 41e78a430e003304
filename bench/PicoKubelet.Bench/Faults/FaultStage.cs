using PicoKubelet.Bench.Simulation;

namespace PicoKubelet.Bench.Faults;

/// <summary>A board in steady state, and what a fault makes of it.</summary>
internal sealed class FaultStage
{
    public FaultStage(VirtualNode node, Random random)
    {
        Node = node;
        Random = random;
    }

    public VirtualNode Node { get; }

    /// <summary>Gets the source of whatever a fault leaves to chance.</summary>
    public Random Random { get; }

    /// <summary>Gets what was seen on the way that must not be.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Gets whether the fault has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Does something again and again until the fault ends.</summary>
    public void Repeat(int milliseconds, Action action)
    {
        Node.Time.At(Node.Time.Milliseconds + milliseconds, () =>
        {
            if (!HasEnded)
            {
                action();
                Repeat(milliseconds, action);
            }
        });
    }

    /// <summary>Does something some time after the fault began.</summary>
    public void After(int milliseconds, Action action)
    {
        Node.Time.At(Node.Time.Milliseconds + milliseconds, action);
    }

    /// <summary>Takes note of what does not hold.</summary>
    public void Require(bool condition, string what)
    {
        if (!condition && !Violations.Contains(what))
        {
            Violations.Add(what);
        }
    }
}
