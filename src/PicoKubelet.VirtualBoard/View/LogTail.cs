using PicoKubelet.VirtualBoard.Adapters;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>As many of the last log lines as fit, wrapped; the newest is always in sight.</summary>
internal sealed class LogTail : Renderable
{
    private readonly IReadOnlyList<LogLine> _lines;
    private readonly int _rows;

    public LogTail(IReadOnlyList<LogLine> lines, int rows)
    {
        _lines = lines;
        _rows = rows;
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var rows = new List<SegmentLine>();
        foreach (LogLine line in _lines)
        {
            IRenderable markup = new Markup(LogMarkup.Format(line));
            rows.AddRange(Segment.SplitLines(markup.Render(options, maxWidth), maxWidth));
        }

        return rows.TakeLast(_rows).SelectMany(row => row.Append(Segment.LineBreak));
    }
}
