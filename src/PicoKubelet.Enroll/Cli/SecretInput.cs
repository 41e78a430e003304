using Spectre.Console;

namespace PicoKubelet.Enroll.Cli;

/// <summary>Where secrets come from: never the command line, which other users and the shell's history can see.</summary>
internal static class SecretInput
{
    private const string StandardInput = "-";

    /// <summary>Reads a secret from a file, or asks for it without showing it.</summary>
    /// <param name="console">Where to ask.</param>
    /// <param name="what">What it is, for the question.</param>
    /// <param name="file">The file, - for the standard input, or null to ask.</param>
    /// <param name="option">The option that names the file.</param>
    /// <returns>The secret, without the end of its line.</returns>
    /// <exception cref="EnrollException">It can not be read.</exception>
    public static string Read(IAnsiConsole console, string what, string? file, string option)
    {
        if (file is null)
        {
            return console.Profile.Capabilities.Interactive && !Console.IsInputRedirected
                ? console.Prompt(new TextPrompt<string>($"{Markup.Escape(what)}:").Secret(null).AllowEmpty())
                : throw new EnrollException($"there is no terminal to ask for {what} on: give it with {option} FILE, or {option} - for the standard input");
        }

        return (file == StandardInput ? Console.In.ReadToEnd() : ReadFile(file, option)).TrimEnd('\r', '\n');
    }

    /// <summary>Reads the file that an option names.</summary>
    /// <exception cref="EnrollException">It can not be read.</exception>
    public static string ReadFile(string file, string option)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnrollException($"{option}: can not read {file}: {exception.Message}");
        }
    }
}
