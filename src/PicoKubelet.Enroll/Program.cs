using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Cli;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // Who reads a file or a pipe has no use for colours.
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

return await EnrollCommand.InvokeAsync(args, new Enroller(AnsiConsole.Console));
