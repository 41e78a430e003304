using System.Diagnostics;

namespace PicoKubelet.IntegrationTests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class ExternalProgram
{
    // The timeouts are those of a machine that does nothing else.
    private const int Patience = 5;

    /// <summary>Runs a program with no input.</summary>
    /// <param name="path">The program: a path, or a name to look up in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to add to its environment.</param>
    /// <param name="timeout">How long it may run; then it is killed.</param>
    /// <returns>What it left behind.</returns>
    /// <exception cref="TimeoutException">It ran for too long.</exception>
    public static async Task<ProgramResult> RunAsync(
        string path,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        TimeSpan timeout)
    {
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} does not start.");
        process.StandardInput.Close();
        using CancellationTokenSource deadline = new(timeout * Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} {string.Join(' ', arguments)} did not end in {timeout * Patience}.");
        }
    }

    /// <summary>Finds a program in PATH.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path, or null where there is none.</returns>
    public static string? Find(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
