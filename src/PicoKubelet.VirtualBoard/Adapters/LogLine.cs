using PicoKubelet.Logging;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>One line of a board's log.</summary>
internal readonly record struct LogLine(LogLevel Level, string Text);
