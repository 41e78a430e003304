using System;
using PicoKubelet.Node;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>Conditions, and what they are made from.</summary>
internal sealed class ConditionsHarness
{
    public FakeBoard Board { get; } = new FakeBoard();

    public FakeStorage Storage { get; } = new FakeStorage();

    public NodeFacts Facts { get; } = new NodeFacts();

    public NodeConditions Conditions { get; } = new NodeConditions();

    /// <summary>Looks at the board and makes the conditions anew.</summary>
    public bool Look(DateTime now)
    {
        Facts.Refresh(Board, Storage);
        return Conditions.Evaluate(Facts, now);
    }
}
