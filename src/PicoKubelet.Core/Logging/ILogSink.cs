namespace PicoKubelet.Logging;

/// <summary>Where log lines go: the debug output on a device, the console or the live view on a PC.</summary>
public interface ILogSink
{
    /// <summary>Takes one line. Called from any thread.</summary>
    /// <param name="level">The line's level.</param>
    /// <param name="line">The line in logfmt, without an end of line.</param>
    void Write(LogLevel level, string line);
}
