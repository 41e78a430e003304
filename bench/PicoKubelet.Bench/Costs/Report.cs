using System.Text;
using Spectre.Console;

namespace PicoKubelet.Bench.Costs;

/// <summary>What a command found out: text and tables, shown on the console and written as Markdown alike.</summary>
internal sealed class Report
{
    private readonly StringBuilder _markdown = new();

    /// <summary>Gets the same as Markdown.</summary>
    public string Markdown => _markdown.ToString();

    public void Heading(string text)
    {
        AnsiConsole.MarkupLine($"\n[bold]{text.EscapeMarkup()}[/]");
        _markdown.Append($"\n### {text}\n\n");
    }

    public void Line(string text)
    {
        AnsiConsole.WriteLine(text);
        _markdown.Append(text).Append("\n\n");
    }

    /// <summary>Shows a table. All columns but the first hold figures.</summary>
    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        Table table = new() { Border = TableBorder.Simple };
        _markdown.Append($"| {string.Join(" | ", columns)} |\n|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}\n");
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(column.EscapeMarkup()) { Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right });
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
            _markdown.Append($"| {string.Join(" | ", row)} |\n");
        }

        AnsiConsole.Write(table);
        _markdown.Append('\n');
    }
}
