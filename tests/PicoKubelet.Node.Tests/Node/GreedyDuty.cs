using PicoKubelet.Runtime;

namespace PicoKubelet.Tests.Node;

/// <summary>A duty that is due again a millisecond after it was done, and always sends something.</summary>
internal sealed class GreedyDuty : INodeDuty
{
    private readonly NodeHarness _node;
    private readonly int _milliseconds;
    private long _done;

    /// <param name="node">The node whose time it takes.</param>
    /// <param name="milliseconds">How long each time takes.</param>
    public GreedyDuty(NodeHarness node, int milliseconds)
    {
        _node = node;
        _milliseconds = milliseconds;
    }

    public NodeStage Needs { get; set; } = NodeStage.InOrder;

    /// <summary>How often it was its turn.</summary>
    public int Turns { get; private set; }

    /// <summary>How often it could observe.</summary>
    public int Observations { get; private set; }

    /// <summary>Whether there is something that the status should tell.</summary>
    public bool HasNews { get; set; }

    public void Observe(NodeStage stage)
    {
        Observations++;
    }

    public int UntilDue()
    {
        return _node.Clock.Milliseconds > _done ? 0 : 1;
    }

    public bool Do()
    {
        Turns++;
        _node.Clock.Advance(_milliseconds);
        _done = _node.Clock.Milliseconds;
        return true;
    }

    public bool TakeNews()
    {
        bool hasNews = HasNews;
        HasNews = false;
        return hasNews;
    }
}
