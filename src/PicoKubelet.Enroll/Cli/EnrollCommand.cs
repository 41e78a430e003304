using System.CommandLine;

namespace PicoKubelet.Enroll.Cli;

/// <summary>The command line: what there is, and how it is run.</summary>
internal static class EnrollCommand
{
    private const int Failed = 1;

    /// <summary>Parses a command line and does what it asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="enroller">Does it.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> InvokeAsync(string[] args, Enroller enroller)
    {
        var options = new EnrollCommandOptions();
        var command = new RootCommand("Makes everything for one board from a kubeconfig: its objects in the cluster, its certificate or token, and the files that nanoff brings onto it.");
        options.AddTo(command);
        command.SetAction((result, stop) => RunAsync(options, result, enroller, stop));

        ParseResult parsed = command.Parse(args);
        if (parsed.Action is System.CommandLine.Invocation.ParseErrorAction error)
        {
            error.ShowHelp = false;
        }

        return await parsed.InvokeAsync();
    }

    private static async Task<int> RunAsync(EnrollCommandOptions options, ParseResult result, Enroller enroller, CancellationToken stop)
    {
        try
        {
            await enroller.RunAsync(options.Read(result), stop);
            return 0;
        }
        catch (EnrollException exception)
        {
            Console.Error.WriteLine("error: " + exception.Message);
            return Failed;
        }
    }
}
