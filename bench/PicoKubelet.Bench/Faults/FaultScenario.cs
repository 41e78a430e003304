namespace PicoKubelet.Bench.Faults;

/// <summary>A row of the fault matrix: what is done to a board in steady state, and what it must hold.</summary>
internal sealed record FaultScenario
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how long the fault lasts, in simulated seconds.</summary>
    public int Seconds { get; init; }

    /// <summary>Gets what begins it.</summary>
    public required Action<FaultStage> Begin { get; init; }

    /// <summary>Gets what ends it.</summary>
    public Action<FaultStage> End { get; init; } = stage => stage.Node.Wire.Fault = Simulation.WireFault.None;

    /// <summary>Gets the seconds from the fault's end to a Node that is Ready by a heartbeat that came since.</summary>
    public int MaxSecondsToReady { get; init; } = 15;

    /// <summary>Gets the most requests, and connections in vain, while it lasts.</summary>
    public int MaxRequests { get; init; }

    /// <summary>Gets how often the board may, and must, reboot by itself.</summary>
    public int Reboots { get; init; }

    /// <summary>Gets whether the node is never anything but Ready.</summary>
    public bool StaysReady { get; init; }

    /// <summary>Gets whether it needs a board that nothing else happens to: not one of those that a soak picks from.</summary>
    public bool NeedsItsOwnBoard { get; init; }

    /// <summary>Gets what else must hold in the end: null, or what does not.</summary>
    public Func<FaultStage, string?>? Check { get; init; }
}
