using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Clusters;
using Spectre.Console;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>The live view: the nodes, the chosen board's log, and keys that let things happen to it.</summary>
internal sealed class LiveView : IBoardView
{
    private static readonly TimeSpan KeyInterval = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole _console = AnsiConsole.Console;

    // Each board keeps its last lines, which is where the view finds them.
    public ILogSink? SinkFor(string boardName)
    {
        return null;
    }

    public Task RunAsync(Fleet fleet, ICluster cluster, CancellationToken stop)
    {
        var screen = new Screen(fleet, cluster);
        Task start = Task.Run(fleet.Start, CancellationToken.None);
        if (_console.Profile.Capabilities.AlternateBuffer)
        {
            _console.AlternateScreen(() => Show(screen, stop));
        }
        else
        {
            Show(screen, stop);
        }

        _console.WriteLine($"{ProductVersion.Title}: stopping {fleet.Boards.Count} board(s)");
        return start;
    }

    private void Show(Screen screen, CancellationToken stop)
    {
        var keys = new KeyBindings(screen);
        while (!stop.IsCancellationRequested && !keys.HasQuit)
        {
            // The terminal may have wrapped or cut what was there: each size starts from an empty one.
            _console.Clear(home: true);
            ShowUntilResized(screen, keys, Size(), stop);
        }
    }

    private void ShowUntilResized(Screen screen, KeyBindings keys, (int Width, int Height) size, CancellationToken stop)
    {
        _console.Live(screen.Render(size.Width, size.Height)).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            context.Refresh();
            long refreshed = Environment.TickCount64;
            while (!stop.IsCancellationRequested && !keys.HasQuit && size == Size())
            {
                bool isDue = Environment.TickCount64 - refreshed >= RefreshInterval.TotalMilliseconds;
                if (ReadKeys(keys) || isDue)
                {
                    context.UpdateTarget(screen.Render(size.Width, size.Height));
                    refreshed = Environment.TickCount64;
                }

                stop.WaitHandle.WaitOne(KeyInterval);
            }
        });
    }

    private static bool ReadKeys(KeyBindings keys)
    {
        bool any = false;
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            keys.Press(Console.ReadKey(intercept: true));
            any = true;
        }

        return any;
    }

    private (int Width, int Height) Size()
    {
        return (_console.Profile.Width, _console.Profile.Height);
    }
}
