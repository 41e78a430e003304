namespace PicoKubelet.Bench.Fleet;

/// <summary>What a run of a fleet does.</summary>
/// <param name="Boards">How many boards.</param>
/// <param name="Steady">How long their steady state is watched.</param>
/// <param name="SteadyByStatus">The same with heartbeats by status; zero leaves it out.</param>
/// <param name="Outage">How long the API server is away; zero leaves it out.</param>
/// <param name="HasOwnRights">Whether each board has a role of its own.</param>
internal sealed record FleetPlan(int Boards, TimeSpan Steady, TimeSpan SteadyByStatus, TimeSpan Outage, bool HasOwnRights)
{
    /// <summary>Gets the time between a start and its steady state: a poll of each board, so that the start's last requests are not counted.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(30);
}
