using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>The chosen board's last log lines.</summary>
internal static class LogPanel
{
    public static IRenderable Render(SimulatedBoard board, int rows)
    {
        return new Panel(new LogTail(board.LastLines(rows), rows))
            .Header($"[bold] Log of {Markup.Escape(board.NodeName)} [/]")
            .RoundedBorder()
            .BorderColor(Color.Teal)
            .Expand();
    }
}
