using PicoKubelet.Logging;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>A board's last log lines. Each is passed on too.</summary>
internal sealed class BoardLog : ILogSink
{
    private const int MaxLines = 500;

    private readonly Queue<LogLine> _lines = new();
    private readonly ILogSink? _next;

    public BoardLog(ILogSink? next)
    {
        _next = next;
    }

    public event Action<LogLevel, string>? Written;

    public void Write(LogLevel level, string line)
    {
        lock (_lines)
        {
            if (_lines.Count == MaxLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(new LogLine(level, line));
        }

        _next?.Write(level, line);
        Written?.Invoke(level, line);
    }

    /// <summary>Gets the last lines, oldest first.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_lines)
        {
            return [.. _lines.TakeLast(count)];
        }
    }

    public IReadOnlyList<string> Texts()
    {
        lock (_lines)
        {
            return [.. _lines.Select(line => line.Text)];
        }
    }
}
