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
    /// <param name="progress">What shows how far the program is; null: nothing does.</param>
    /// <param name="stop">Ends the program.</param>
    public Report(string title, string command, IAnsiConsole console, Progress? progress = null, CancellationToken stop = default)
    {
        _console = console;
        Progress = progress ?? Progress.None;
        Stop = stop;
        _markdown.Append(CultureInfo.InvariantCulture, $"## {title}\n\n`{command}`, {DateTime.UtcNow:yyyy-MM-dd}, {Machine()}\n");
        _console.MarkupLineInterpolated($"[bold]{title}[/]");
    }

    /// <summary>Gets what shows how far the program is.</summary>
    public Progress Progress { get; }

    /// <summary>Gets what ends the program: Ctrl-C, or a signal.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Gets the report so far, as Markdown.</summary>
    public string Markdown => _markdown.ToString();

    /// <summary>Adds a sentence.</summary>
    public void Text(string text)
    {
        _markdown.Append(CultureInfo.InvariantCulture, $"\n{text}\n");
        _console.WriteLine(text);
    }

    /// <summary>Begins a part.</summary>
    public void Heading(string title)
    {
        _markdown.Append(CultureInfo.InvariantCulture, $"\n### {title}\n");
        _console.MarkupLineInterpolated($"\n[bold]{title}[/]");
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
