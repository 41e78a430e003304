using System.CommandLine;
using System.CommandLine.Invocation;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>The command line: what there is, and how it is run.</summary>
internal static class BoardCommand
{
    private const int Failed = 1;

    /// <summary>Parses a command line and runs what it asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="run">Runs until it is told to stop.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> InvokeAsync(string[] args, Func<RunOptions, CancellationToken, Task> run)
    {
        var options = new BoardCommandOptions();
        var command = new RootCommand("Virtual boards: PicoKubelet's firmware on this computer. Without options: an API server of its own, and one board that joins it.");
        options.AddTo(command);
        command.SetAction((result, _) => RunAsync(options, result, run));

        ParseResult parsed = command.Parse(args);
        if (parsed.Action is ParseErrorAction error)
        {
            error.ShowHelp = false;
        }

        // Signals are handled here: a stop that was asked for is a success.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunAsync(BoardCommandOptions options, ParseResult result, Func<RunOptions, CancellationToken, Task> run)
    {
        using var stop = new StopSignal();
        try
        {
            await run(options.Read(result), stop.Token);
            return 0;
        }
        catch (CommandException exception)
        {
            Console.Error.WriteLine("error: " + exception.Message);
            return Failed;
        }
    }
}
