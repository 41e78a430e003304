using PicoKubelet.Api;

namespace PicoKubelet.Bench.Costs;

/// <summary>
/// Lets a board's time pass while its watches are open, over real connections whose server keeps to real time: each watch is asked for by the
/// firmware's own code, cut to a second by the relay, and stands for the four minutes that it asked for.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="relay">What its connections pass.</param>
internal sealed class WatchedTime(BenchBoard board, WireRelay relay)
{
    /// <summary>What a watch is asked to last at the least, in the board's milliseconds.</summary>
    public const int WatchMilliseconds = 240 * 1000;

    /// <summary>
    /// What a watch has beside what is measured: a bookmark a minute, which a server sends in real time. One was 187 bytes, and 29 of TLS' record and the chunk.
    /// </summary>
    public const int BookmarkBytesPerMinute = 216;

    // Less than what the board takes for silence, since there are no bookmarks in it.
    private const int OpenMilliseconds = ApiClient.MaxSilence / 2;

    /// <summary>Lets time pass, a watch after the other.</summary>
    public void Run(long milliseconds, Action<long>? onStep)
    {
        for (long passed = 0; passed < milliseconds; passed += WatchMilliseconds)
        {
            int answered = relay.WatchesAnswered;
            Thread[] threads = [.. board.Watches.Select(watch => new Thread(() => watch.Step()) { IsBackground = true })];
            Array.ForEach(threads, thread => thread.Start());

            // Not sooner: the board's time would be over before the answer's first byte came.
            WaitWhile(() => relay.WatchesAnswered < answered + threads.Length && threads.Any(thread => thread.IsAlive), onStep);
            board.Run(OpenMilliseconds, onStep);
            WaitWhile(() => threads.Any(thread => thread.IsAlive), onStep);
            board.Run(WatchMilliseconds - OpenMilliseconds, onStep);
        }
    }

    // A watch that hands something over waits for the node's loop.
    private void WaitWhile(Func<bool> condition, Action<long>? onStep)
    {
        while (condition())
        {
            board.Stand(onStep);
            Thread.Sleep(1);
        }
    }
}
