namespace PicoKubelet.VirtualBoard.View;

/// <summary>What the keys of the view do.</summary>
internal sealed class KeyBindings
{
    /// <summary>The keys and what they do, for the help line; a narrow terminal cuts the last ones.</summary>
    public static readonly IReadOnlyList<(string Key, string Meaning)> Help =
    [
        ("q", "quit"), ("w", "Wi-Fi"), ("a", "address"), ("m", "memory"), ("r", "reboot"), ("p", "power"), ("1-8", "input"), ("↑↓", "choose board"),
    ];

    private readonly Screen _screen;

    public KeyBindings(Screen screen)
    {
        _screen = screen;
    }

    /// <summary>Gets whether the user asked for the end.</summary>
    public bool HasQuit { get; private set; }

    public void Press(ConsoleKeyInfo key)
    {
        SimulatedBoard board = _screen.Selected;
        switch (key.Key)
        {
            case ConsoleKey.W:
                Apply(board, board.WifiUp ? BoardEvents.WifiLost : BoardEvents.WifiBack);
                break;
            case ConsoleKey.A:
                Apply(board, BoardEvents.NewAddress);
                break;
            case ConsoleKey.M:
                Apply(board, BoardEvents.HasLowMemory(board) ? BoardEvents.NormalMemory : BoardEvents.LowMemory);
                break;
            case ConsoleKey.R:
                Apply(board, BoardEvents.Reboot);
                break;
            case ConsoleKey.P:
                Apply(board, board.IsRunning ? BoardEvents.PowerOff : BoardEvents.PowerOn);
                break;
            case >= ConsoleKey.D1 and <= ConsoleKey.D8:
                board.FlipInput(key.Key - ConsoleKey.D1);
                break;
            case ConsoleKey.UpArrow:
                _screen.Select(-1);
                break;
            case ConsoleKey.DownArrow:
            case ConsoleKey.Tab:
                _screen.Select(+1);
                break;
            case ConsoleKey.Q:
                HasQuit = true;
                break;
            default:
                break;
        }
    }

    // Not on the view's own thread: switching the power waits for the firmware.
    private static void Apply(SimulatedBoard board, BoardEvent boardEvent)
    {
        Task.Run(() => boardEvent.Apply(board));
    }
}
