using PicoKubelet.VirtualBoard.Clusters;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>Lays the view out for the terminal's size.</summary>
internal sealed class Screen
{
    private const int Borders = 2;
    private const int TableHead = 1;
    private const int SmallestHeader = 3 + Borders;
    private const int HelpHeight = 1;
    private const int WidestGap = 3;
    private const int SmallestLog = 3 + Borders;
    private const int SmallestWidth = 40;
    private const int SmallestHeight = SmallestHeader + Borders + TableHead + 1 + SmallestLog + HelpHeight;

    private readonly Fleet _fleet;
    private readonly ICluster _cluster;
    private readonly long _started = Environment.TickCount64;
    private int _selected;

    public Screen(Fleet fleet, ICluster cluster)
    {
        _fleet = fleet;
        _cluster = cluster;
    }

    /// <summary>Gets the board that the keys act on.</summary>
    public SimulatedBoard Selected => _fleet.Boards[_selected];

    /// <summary>Chooses another board.</summary>
    /// <param name="step">How many further down, or up when negative; around the ends.</param>
    public void Select(int step)
    {
        _selected = (_selected + step + _fleet.Boards.Count) % _fleet.Boards.Count;
    }

    /// <summary>Renders what there is to see now.</summary>
    /// <param name="width">The terminal's width, columns.</param>
    /// <param name="height">The terminal's height, rows.</param>
    public IRenderable Render(int width, int height)
    {
        if (width < SmallestWidth || height < SmallestHeight)
        {
            string line = $"{Selected.NodeName} {NodeCell.ReadyText(Selected)}";
            return new Markup(Markup.Escape(line[..Math.Min(line.Length, width)]));
        }

        IReadOnlyList<string> header = HeaderPanel.Rows(_cluster, Selected, Environment.TickCount64 - _started, width);
        int headerHeight = Math.Min(header.Count + Borders, height - (SmallestHeight - SmallestHeader));

        // The log gets at least half of what is left below the header.
        int rows = Math.Clamp(_fleet.Boards.Count, 1, Math.Max(1, ((height - headerHeight - HelpHeight) / 2) - Borders - TableHead));
        int nodesHeight = rows + TableHead + Borders;
        int logHeight = height - headerHeight - nodesHeight - HelpHeight;
        return new Layout().SplitRows(
            new Layout(HeaderPanel.Render(header.TakeLast(headerHeight - Borders))).Size(headerHeight),
            new Layout(NodesPanel.Render(_fleet, _selected, rows, width - Borders)).Size(nodesHeight),
            new Layout(LogPanel.Render(Selected, logHeight - Borders)).Size(logHeight),
            new Layout(HelpLine(width)).Size(HelpHeight));
    }

    private static Markup HelpLine(int width)
    {
        int length = KeyBindings.Help.Sum(entry => entry.Key.Length + 1 + entry.Meaning.Length);
        int gap = Math.Clamp((width - length) / KeyBindings.Help.Count, 1, WidestGap);
        string help = string.Join(new string(' ', gap), KeyBindings.Help.Select(entry => $"[bold aqua]{entry.Key}[/] [grey]{entry.Meaning}[/]"));
        return new Markup(new string(' ', gap) + help) { Overflow = Overflow.Ellipsis };
    }
}
