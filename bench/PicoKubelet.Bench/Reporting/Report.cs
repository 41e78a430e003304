using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;

namespace PicoKubelet.Bench.Reporting;

/// <summary>What a program found: shown on the console, and written as Markdown for the documentation.</summary>
internal sealed class Report
{
    private readonly StringBuilder _markdown = new();
    private readonly IAnsiConsole _console;

    /// <summary>Begins a report.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="command">The command that makes it.</param>
    /// <param name="console">Where it is shown.</param>
    public Report(string title, string command, IAnsiConsole console)
    {
        _console = console;
        _markdown.Append(CultureInfo.InvariantCulture, $"## {title}\n\n`{command}`, {DateTime.UtcNow:yyyy-MM-dd}, {Machine()}\n");
        _console.MarkupLineInterpolated($"[bold]{title}[/]");
    }

    /// <summary>Gets the report so far, as Markdown.</summary>
    public string Markdown => _markdown.ToString();

    /// <summary>Adds a sentence.</summary>
    public void Text(string text)
    {
        _markdown.Append(CultureInfo.InvariantCulture, $"\n{text}\n");
        _console.WriteLine(text);
    }

    /// <summary>Adds a table.</summary>
    /// <param name="columns">The heads of the columns.</param>
    /// <param name="rows">The rows.</param>
    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumns([.. columns.Select(Markup.Escape)]);
        _markdown.Append(CultureInfo.InvariantCulture, $"\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
            _markdown.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(InCell))} |\n");
        }

        _console.Write(table);
    }

    /// <summary>Adds the list of what is not as it must be, or that all is.</summary>
    /// <returns>The program's exit code.</returns>
    public int Verdict(IReadOnlyCollection<string> violations)
    {
        foreach (string violation in violations)
        {
            Text("FAILED: " + violation);
        }

        if (violations.Count == 0)
        {
            Text("All bounds hold.");
        }

        return violations.Count == 0 ? 0 : 1;
    }

    private static string InCell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Machine()
    {
        string cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown CPU"
            : RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} vCPU of {cpu}, {RuntimeInformation.FrameworkDescription}";
    }
}
