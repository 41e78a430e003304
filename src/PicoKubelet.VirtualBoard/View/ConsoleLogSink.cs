using PicoKubelet.Logging;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>Writes log lines to the console as they are, the level coloured on a terminal.</summary>
internal sealed class ConsoleLogSink : ILogSink
{
    private const string Reset = "\e[0m";
    private static readonly bool HasColor = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    private readonly string _prefix;

    /// <summary>Initializes a board's sink.</summary>
    /// <param name="boardName">The name to begin each line with, or null where there is but one board.</param>
    public ConsoleLogSink(string? boardName)
    {
        _prefix = boardName is null ? "" : $"board={boardName} ";
    }

    public void Write(LogLevel level, string line)
    {
        Console.WriteLine(_prefix + (HasColor ? ColorOf(level) + line + Reset : line));
    }

    private static string ColorOf(LogLevel level)
    {
        return level switch
        {
            LogLevel.Debug => "\e[90m",
            LogLevel.Info => "",
            LogLevel.Warning => "\e[33m",
            _ => "\e[31m",
        };
    }
}
