using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.VirtualBoard;

/// <summary>Lets things happen to all boards at their times.</summary>
internal static class Schedule
{
    /// <summary>Runs until everything has happened, or it is told to stop.</summary>
    /// <param name="events">What happens.</param>
    /// <param name="fleet">The boards that it happens to.</param>
    /// <param name="stop">Told to stop; and told so by the event that ends the program.</param>
    public static async Task RunAsync(IReadOnlyList<ScheduledEvent> events, Fleet fleet, CancellationTokenSource stop)
    {
        var elapsed = TimeSpan.Zero;
        foreach (ScheduledEvent scheduled in events.OrderBy(scheduled => scheduled.After))
        {
            await Task.Delay(scheduled.After - elapsed, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            elapsed = scheduled.After;
            if (stop.IsCancellationRequested)
            {
                return;
            }

            if (scheduled.Event is null)
            {
                await stop.CancelAsync();
            }
            else
            {
                await Task.Run(() => fleet.ApplyToAll(scheduled.Event));
            }
        }
    }
}
