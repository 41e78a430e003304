using PicoKubelet.VirtualBoard.Clusters;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>The view's head: what runs, where the cluster is, and what to type.</summary>
internal static class HeaderPanel
{
    public static IRenderable Render(ICluster cluster, Fleet fleet, long upMilliseconds)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(10)).AddColumn(new GridColumn().NoWrap());
        AddRow(grid, "Cluster", $"[white]{Markup.Escape(cluster.Title)}[/]");
        AddRow(grid, "Board", $"[white]{Markup.Escape(fleet.Boards[0].Model.Name)}[/] [grey]({Markup.Escape(fleet.Boards[0].Model.TargetName)}), up {Age.Format(upMilliseconds)}[/]");
        AddRow(grid, "Try", $"[bold white]{Markup.Escape(cluster.KubectlLine)}[/]");
        if (fleet.Boards[0].ProvisioningUrl is { } page)
        {
            AddRow(grid, "Settings", $"[bold white]{Markup.Escape(page.ToString())}[/]");
            AddRow(grid, "Type", $"[white]{Markup.Escape(fleet.Boards[0].ProvisioningHint!)}{Markup.Escape(cluster.CaFile is { } ca ? ", CA " + ca : "")}[/]");
        }

        return new Panel(grid)
            .Header($"[bold aqua] {Markup.Escape(ProductVersion.Title)} [/][grey]virtual board, .NET {Environment.Version} [/]")
            .RoundedBorder()
            .BorderColor(Color.Teal)
            .Expand();
    }

    private static void AddRow(Grid grid, string label, string markup)
    {
        grid.AddRow(new Markup($"[grey]{label}[/]"), new Markup(markup) { Overflow = Overflow.Ellipsis });
    }
}
