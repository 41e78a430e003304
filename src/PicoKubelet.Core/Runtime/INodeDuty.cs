namespace PicoKubelet.Runtime;

/// <summary>
/// One of the things that the node's loop does, again and again: it says when it is due and does it. Duties know nothing of each
/// other; the loop asks them in the order of their weight, and lets at most one of them send something in a step.
/// </summary>
public interface INodeDuty
{
    /// <summary>Gets how far the node must have come before this is any use.</summary>
    NodeStage Needs { get; }

    /// <summary>Takes note of what happened since, whatever the stage. In each step; sends nothing and waits for nothing.</summary>
    /// <param name="stage">How far the node has come.</param>
    void Observe(NodeStage stage);

    /// <summary>Gets how long it is until it is due.</summary>
    /// <returns>Milliseconds; 0 where it is due, <see cref="int.MaxValue"/> where there is nothing to do.</returns>
    int UntilDue();

    /// <summary>
    /// Does one of the things that are due. What it sends is bounded in time; that it fails is this duty's own matter, and it is not due
    /// again before a wait.
    /// </summary>
    /// <returns>Whether it sent something, so that it is another one's turn in the next step.</returns>
    bool Do();

    /// <summary>Gets whether something changed since the last call that the Node's status should tell at once.</summary>
    /// <returns>Whether it did.</returns>
    bool TakeNews();
}
