namespace PicoKubelet.Bench.Workloads;

/// <summary>Something that goes wrong while a board's pods run.</summary>
/// <param name="Name">What.</param>
/// <param name="RunAsync">Has it happen, and end; says what was seen.</param>
internal sealed record PodFault(string Name, Func<Task<string>> RunAsync)
{
    /// <summary>Gets what is done before, while nothing is measured.</summary>
    public Func<Task> PrepareAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>Gets how often the board is started anew meanwhile, and so its pods.</summary>
    public int Starts { get; init; }

    /// <summary>Gets whether the API server can not be had meanwhile, so that no heartbeat is due.</summary>
    public bool IsOutage { get; init; }
}
