using PicoKubelet.VirtualBoard.Clusters;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>The view's head: what runs, where the cluster is, and what to type.</summary>
internal static class HeaderPanel
{
    private const int LabelWidth = 12;
    private const string ToType = "bold white";

    // The panel's borders and padding, and a column at the end, where a terminal may wrap.
    private const int Frame = 5;

    /// <summary>Lists its rows, as markup; what is too long for one goes on in the next.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="board">The chosen board.</param>
    /// <param name="upMilliseconds">How long the program runs.</param>
    /// <param name="width">The terminal's width, columns.</param>
    /// <returns>The rows, what can be missed first.</returns>
    public static IReadOnlyList<string> Rows(ICluster cluster, SimulatedBoard board, long upMilliseconds, int width)
    {
        var rows = new List<string>();
        int valueWidth = width - Frame - LabelWidth;
        Add(rows, "Board", "grey", $"{board.Model.Name} ({board.Model.TargetName}), up {Age.Format(upMilliseconds)}", valueWidth);
        if (board.Pods is { Count: > 0 } pods)
        {
            Add(rows, "Pods", "white", string.Join(", ", pods), valueWidth);
        }

        if (board.Outputs is { Length: > 0 } outputs)
        {
            Add(rows, "High", "yellow", outputs, valueWidth);
        }

        if (board.Inputs is { Length: > 0 } inputs)
        {
            Add(rows, "Inputs", "white", inputs, valueWidth);
        }

        Add(rows, "Cluster", "white", cluster.Title, valueWidth);
        Add(rows, "Try", ToType, cluster.KubectlLine, valueWidth);
        if (board.ProvisioningUrl is not null && board.Guide is { } guide)
        {
            Add(rows, "Open", ToType, guide.Page.ToString(), valueWidth);
            Add(rows, "API server", ToType, guide.ApiServer ?? "yours", valueWidth);
            Add(rows, "Token", ToType, guide.Token ?? "yours", valueWidth);
            if (cluster.CaFile is { } ca)
            {
                Add(rows, "CA is in", ToType, ca, valueWidth);
            }
        }

        return rows;
    }

    /// <summary>Renders it.</summary>
    /// <param name="rows">The rows that there is room for.</param>
    public static IRenderable Render(IEnumerable<string> rows)
    {
        return new Panel(new Rows(rows.Select(row => new Markup(row) { Overflow = Overflow.Crop })))
            .Header($"[bold aqua] {Markup.Escape(ProductVersion.Title)} [/][grey]virtual board, .NET {Environment.Version} [/]")
            .RoundedBorder()
            .BorderColor(Color.Teal)
            .Expand();
    }

    private static void Add(List<string> rows, string label, string style, string value, int width)
    {
        foreach (char[] piece in value.Chunk(Math.Max(1, width)))
        {
            rows.Add($"[grey]{label.PadRight(LabelWidth)}[/][{style}]{Markup.Escape(new string(piece))}[/]");
            label = "";
        }
    }
}
