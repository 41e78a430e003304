using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>The table of nodes.</summary>
internal static class NodesPanel
{
    // The most important first: a narrow terminal shows as many as fit.
    private static readonly NodeColumn[] Columns =
    [
        new("READY", 10, false, NodeCell.Ready),
        new("HEARTBEAT", 10, false, NodeCell.Heartbeat),
        new("ADDRESS", 15, false, NodeCell.Address),
        new("FAILED", 6, true, NodeCell.Failed),
        new("HEAP", 7, true, NodeCell.FreeHeap),
        new("PODS", 4, true, board => board.Pods.Count.ToString()),
        new("BOOT", 4, true, board => board.Boots.ToString()),
        new("SENT", 6, true, board => board.State.HeartbeatsSent.ToString()),
        new("MODE", 6, false, board => Markup.Escape(board.State.Mode ?? "")),
    ];

    private const int Gap = 1;
    private const int NameWidth = 18;

    /// <summary>Renders the rows around the chosen one.</summary>
    public static IRenderable Render(Fleet fleet, int selected, int rows, int width)
    {
        var columns = Fitting(width - NameWidth - Gap);
        Table table = new Table().NoBorder().Expand().AddColumn(Head("  NODE", NameWidth, false));
        columns.ForEach(column => table.AddColumn(Head(column.Title, column.Width, column.IsNumber)));

        int first = Math.Clamp(selected - (rows / 2), 0, Math.Max(0, fleet.Boards.Count - rows));
        for (int i = first; i < Math.Min(first + rows, fleet.Boards.Count); i++)
        {
            SimulatedBoard board = fleet.Boards[i];
            string marker = i == selected ? "[aqua]▶[/] " : "  ";
            var name = new Markup(marker + Markup.Escape(board.NodeName)) { Overflow = Overflow.Ellipsis };
            table.AddRow([name, .. columns.Select(column => new Markup(column.Cell(board)) { Overflow = Overflow.Ellipsis })]);
        }

        int ready = fleet.Boards.Count(board => NodeCell.ReadyText(board) == "Ready");
        string color = ready == fleet.Boards.Count ? "green" : "yellow";
        return new Panel(table)
            .Header($"[bold] Nodes [/][{color}]{ready} of {fleet.Boards.Count} Ready [/]")
            .RoundedBorder()
            .BorderColor(Color.Teal)
            .Padding(0, 0)
            .Expand();
    }

    private static List<NodeColumn> Fitting(int width)
    {
        var fitting = new List<NodeColumn>();
        foreach (NodeColumn column in Columns)
        {
            width -= column.Width + Gap;
            if (width < 0)
            {
                break;
            }

            fitting.Add(column);
        }

        return fitting;
    }

    private static TableColumn Head(string title, int width, bool isNumber)
    {
        TableColumn column = new TableColumn($"[grey]{title}[/]").Width(width).NoWrap().Padding(0, 0, Gap, 0);
        return isNumber ? column.RightAligned() : column;
    }
}
