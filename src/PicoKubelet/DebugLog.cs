using System;
using PicoKubelet.Logging;

namespace PicoKubelet;

/// <summary>
/// Writes log lines to the debug channel, where Visual Studio's and VS Code's output windows show them.
/// Console, not Debug: calls of Debug.WriteLine are compiled into debug builds only.
/// </summary>
internal sealed class DebugLog : ILogSink
{
    /// <inheritdoc/>
    public void Write(LogLevel level, string line)
    {
        // One native call for the line and its end, so lines of two threads do not mix.
        Console.WriteLine(line);
    }
}
