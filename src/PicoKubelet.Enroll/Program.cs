using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Cli;
using Spectre.Console;

return await EnrollCommand.InvokeAsync(args, new Enroller(AnsiConsole.Console));
