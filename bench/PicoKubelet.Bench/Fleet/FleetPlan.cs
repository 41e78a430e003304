namespace PicoKubelet.Bench.Fleet;

/// <summary>What a run of a fleet does.</summary>
/// <param name="Boards">How many boards.</param>
/// <param name="Steady">How long their steady state is watched.</param>
/// <param name="SteadyByStatus">The same with heartbeats by status; zero leaves it out.</param>
/// <param name="Outage">How long the API server is away; zero leaves it out.</param>
/// <param name="HasOwnRights">Whether each board has a role of its own.</param>
internal sealed record FleetPlan(int Boards, TimeSpan Steady, TimeSpan SteadyByStatus, TimeSpan Outage, bool HasOwnRights)
{
    /// <summary>Gets whether the boards run a pod each, beside the same boards without.</summary>
    public bool HasPods { get; init; }

    /// <summary>Gets how many pods a rollout may take at once, as a DaemonSet has it.</summary>
    public string MaxUnavailable { get; init; } = "10%";

    /// <summary>Gets the time between a start or an outage and what is watched: by then the heartbeats must be spread.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how long the heartbeats are watched after the outage.</summary>
    public TimeSpan AfterOutage => TimeSpan.FromSeconds(Math.Min(Steady.TotalSeconds, 120));
}
