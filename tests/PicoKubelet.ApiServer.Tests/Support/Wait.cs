namespace PicoKubelet.ApiServer.Tests.Support;

/// <summary>Waits for what other threads do.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Returns as soon as the condition holds; fails the test when it does not come to hold.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow + Limit;
        while (!await condition())
        {
            Assert.IsTrue(DateTime.UtcNow < end, $"waited in vain: {what}");
            await Task.Delay(5);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string)"/>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);
}
