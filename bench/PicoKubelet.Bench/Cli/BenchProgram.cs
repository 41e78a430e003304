using PicoKubelet.Bench.Reporting;
using Spectre.Console;
using Progress = PicoKubelet.Bench.Reporting.Progress;

namespace PicoKubelet.Bench.Cli;

/// <summary>One run of a program: shows how far it is, ends it on Ctrl-C, and keeps what it had found until then.</summary>
/// <param name="title">The report's title.</param>
/// <param name="command">The command that makes it.</param>
/// <param name="markdown">The file that the report is written to as well, or null.</param>
internal sealed class BenchProgram(string title, string command, FileInfo? markdown)
{
    /// <summary>The exit code of a program that was stopped: 128 and the number of SIGINT.</summary>
    public const int Stopped = 130;

    private const int WidthOfFiles = 240;

    /// <summary>Runs it.</summary>
    /// <param name="run">Does the work and says what does not hold.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>0 where all bounds hold, 1 where one does not, <see cref="Stopped"/> where it was stopped.</returns>
    public Task<int> RunAsync(Func<Report, Task<List<string>>> run, CancellationToken stop)
    {
        if (!Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive)
        {
            return AnsiConsole.Status().StartAsync("starts", context => RunAsync(run, Progress.On(context), stop));
        }

        AnsiConsole.Profile.Width = WidthOfFiles;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        return RunAsync(run, Progress.On(Console.Error), stop);
    }

    /// <summary>Runs it with its progress shown in some way.</summary>
    /// <param name="run">Does the work and says what does not hold.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The same.</returns>
    public async Task<int> RunAsync(Func<Report, Task<List<string>>> run, Progress progress, CancellationToken stop)
    {
        Report report = new(title, command, AnsiConsole.Console, progress, stop);
        try
        {
            // On a thread of its own: what only computes would keep Ctrl-C from being heard.
            return report.Verdict(await Task.Run(() => run(report), CancellationToken.None));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            report.Text("Stopped before its end.");
            return Stopped;
        }
        catch (BenchException exception)
        {
            return report.Verdict([exception.Message]);
        }
        finally
        {
            if (markdown is not null)
            {
                await File.WriteAllTextAsync(markdown.FullName, report.Markdown, CancellationToken.None);
            }
        }
    }
}
