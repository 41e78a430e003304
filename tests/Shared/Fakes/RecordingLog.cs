using PicoKubelet.Logging;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Keeps the log's lines.</summary>
internal sealed class RecordingLog : ILogSink
{
    private readonly LongText _text = new LongText();

    /// <summary>Makes each line fail.</summary>
    public System.Exception Failure { get; set; }

    public int Count { get; private set; }

    public string LastLine { get; private set; }

    public LogLevel LastLevel { get; private set; }

    /// <summary>All lines, each with a line feed behind it.</summary>
    public string Text => _text.ToString();

    public void Write(LogLevel level, string line)
    {
        if (Failure != null)
        {
            throw Failure;
        }

        Count++;
        LastLevel = level;
        LastLine = line;
        _text.Append(line);
        _text.Append("\n");
    }

    /// <summary>How often a text is in the log.</summary>
    public int CountOf(string part)
    {
        string text = Text;
        int count = 0;
        for (int at = text.IndexOf(part); at >= 0; at = text.IndexOf(part, at + part.Length))
        {
            count++;
        }

        return count;
    }
}
