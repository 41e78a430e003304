using System.Diagnostics;

namespace PicoKubelet.IntegrationTests.Support;

/// <summary>Waits for a condition with a deadline, so that no test sleeps and hopes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // A deadline is for what never comes; how long something takes on a machine that does nothing else is what bench measures.
    private const int Patience = 3;

    /// <summary>Tries assertions until they pass.</summary>
    /// <param name="within">The deadline; then the last failure is thrown as it is.</param>
    /// <param name="assertions">What must come true.</param>
    public static Task HoldsAsync(TimeSpan within, Func<Task> assertions)
    {
        return GetAsync(within, async () =>
        {
            await assertions();
            return true;
        });
    }

    /// <summary>Tries assertions until they pass.</summary>
    public static Task HoldsAsync(TimeSpan within, Action assertions)
    {
        return HoldsAsync(within, () =>
        {
            assertions();
            return Task.CompletedTask;
        });
    }

    /// <summary>Tries until there is a value.</summary>
    /// <param name="within">The deadline; then the last failure is thrown as it is.</param>
    /// <param name="probe">Gives the value, or fails an assertion while there is none.</param>
    /// <returns>The value.</returns>
    public static async Task<T> GetAsync<T>(TimeSpan within, Func<Task<T>> probe)
    {
        // In tries rather than by the clock: where the machine is busy they take longer, as what is waited for does.
        int tries = (int)(within * Patience / Poll);
        for (int i = 0; ; i++)
        {
            bool last = i >= tries;
            try
            {
                return await probe();
            }
            catch (Exception failure) when (!last && IsForNow(failure))
            {
                await Task.Delay(Poll);
            }
        }
    }

    /// <summary>Checks assertions again and again: they must pass each time.</summary>
    /// <param name="during">How long.</param>
    /// <param name="assertions">What must stay true.</param>
    public static async Task StaysAsync(TimeSpan during, Func<Task> assertions)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            await assertions();
            await Task.Delay(Poll);
        }
        while (watch.Elapsed < during);

        await assertions();
    }

    // An API server that is being stopped or started refuses connections.
    private static bool IsForNow(Exception failure)
    {
        return failure is AssertFailedException or HttpRequestException;
    }
}
