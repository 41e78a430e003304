using System;
using System.Text;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Logging;

/// <summary>
/// Writes logfmt lines: <c>time=… level=info msg="…" key=value</c>. Lines are for events, not for every cycle,
/// so they may allocate; a line below the level is never built. Nothing that logs is ended by it: what can not be written is lost.
/// </summary>
public sealed class Logger
{
    private readonly ILogSink _sink;
    private readonly TimeKeeper _time;

    /// <summary>Initializes the logger at level <see cref="LogLevel.Info"/>.</summary>
    /// <param name="sink">Where the lines go.</param>
    /// <param name="time">The time of day; a line has no time before it is set.</param>
    public Logger(ILogSink sink, TimeKeeper time)
    {
        _sink = sink;
        _time = time;
        Level = LogLevel.Info;
    }

    /// <summary>Gets what takes the board's secrets out of each line, and out of all else that came from elsewhere and is told to others.</summary>
    public SecretMask Secrets { get; } = new SecretMask();

    /// <summary>Gets or sets the lowest level that is written.</summary>
    public LogLevel Level { get; set; }

    /// <summary>
    /// Gets or sets what keeps the last lines, or null. It keeps what says that something happened, and not each request, which
    /// <see cref="Write(LogLevel, Utf8Writer)"/> writes: they would push all else out.
    /// </summary>
    public LogRing Ring { get; set; }

    /// <summary>Gets the number of lines that could not be written, for want of memory or because the sink threw.</summary>
    public int Lost { get; private set; }

    /// <summary>Writes a line that is for finding a fault.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="key">A key, or null.</param>
    /// <param name="value">Its value.</param>
    public void Debug(string message, string key = null, string value = null) => Write(LogLevel.Debug, message, key, value, null, null, Ring);

    /// <summary>Writes a line about the normal course of things.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="key">A key, or null.</param>
    /// <param name="value">Its value.</param>
    /// <param name="secondKey">Another key, or null.</param>
    /// <param name="secondValue">Its value.</param>
    public void Info(string message, string key = null, string value = null, string secondKey = null, string secondValue = null) =>
        Write(LogLevel.Info, message, key, value, secondKey, secondValue, Ring);

    /// <summary>Writes a line for whoever is at the board: it is kept and told nowhere else.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="key">A key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="secondKey">Another key.</param>
    /// <param name="secondValue">Its value.</param>
    public void InfoAtTheBoard(string message, string key, string value, string secondKey, string secondValue) =>
        Write(LogLevel.Info, message, key, value, secondKey, secondValue, null);

    /// <summary>Writes a line about something that went wrong and is tried again.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="key">A key, or null.</param>
    /// <param name="value">Its value.</param>
    /// <param name="secondKey">Another key, or null.</param>
    /// <param name="secondValue">Its value.</param>
    public void Warn(string message, string key = null, string value = null, string secondKey = null, string secondValue = null) =>
        Write(LogLevel.Warning, message, key, value, secondKey, secondValue, Ring);

    /// <summary>Writes a line about something that needs a person.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="key">A key, or null.</param>
    /// <param name="value">Its value.</param>
    public void Error(string message, string key = null, string value = null) => Write(LogLevel.Error, message, key, value, null, null, Ring);

    /// <summary>
    /// Begins a line in a buffer of the caller's, for what is logged so often that only its finished text may be allocated.
    /// The caller adds its keys and values, which must need no quotes, and hands it to <see cref="Write(LogLevel, Utf8Writer)"/>.
    /// </summary>
    /// <param name="line">The buffer.</param>
    /// <param name="level">The line's level.</param>
    /// <param name="message">What happened; one word.</param>
    public void Begin(Utf8Writer line, LogLevel level, string message)
    {
        line.Reset();
        if (_time.IsSet)
        {
            line.Write("time=");
            Timestamp.Write(line, _time.UtcNow);
            line.WriteByte((byte)' ');
        }

        line.Write("level=");
        line.Write(NameOf(level));
        line.Write(" msg=");
        line.Write(message);
    }

    /// <summary>Writes a line that <see cref="Begin"/> began, if its level is high enough.</summary>
    /// <param name="level">The line's level.</param>
    /// <param name="line">The line.</param>
    public void Write(LogLevel level, Utf8Writer line)
    {
        if (level < Level)
        {
            return;
        }

        try
        {
            _sink.Write(level, Secrets.MaskLine(line));
        }
        catch (Exception)
        {
            Lost++;
        }
    }

    /// <returns>The level's name, as the log and the settings have it.</returns>
    internal static string NameOf(LogLevel level)
    {
        return level switch
        {
            LogLevel.Debug => "debug",
            LogLevel.Info => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
    }

    private static void AppendPair(StringBuilder line, string key, string value)
    {
        if (key == null)
        {
            return;
        }

        line.Append(' ');
        line.Append(key);
        line.Append('=');
        AppendValue(line, value);
    }

    private static void AppendValue(StringBuilder line, string value)
    {
        if (value == null || value.Length == 0)
        {
            line.Append("\"\"");
            return;
        }

        // Bytes, since on a device each look at a char of a string counts through the whole string.
        byte[] bytes = Utf8.Encoding.GetBytes(value);
        if (!NeedsQuotes(bytes))
        {
            line.Append(value);
            return;
        }

        line.Append('"');
        line.Append(Quote(bytes));
        line.Append('"');
    }

    private static bool NeedsQuotes(byte[] value)
    {
        foreach (byte b in value)
        {
            if (b <= ' ' || b == '"' || b == '=' || b == '\\' || b == 0x7f)
            {
                return true;
            }
        }

        return false;
    }

    private static string Quote(byte[] value)
    {
        byte[] quoted = new byte[2 * value.Length];
        int length = 0;
        foreach (byte b in value)
        {
            if (b == '"' || b == '\\')
            {
                quoted[length++] = (byte)'\\';
            }

            // A line is a line: what a peer sent must not be able to forge a second one.
            quoted[length++] = b < ' ' || b == 0x7f ? (byte)' ' : b;
        }

        return Utf8.Encoding.GetString(quoted, 0, length);
    }

    private void Write(LogLevel level, string message, string key, string value, string secondKey, string secondValue, LogRing ring)
    {
        if (level < Level)
        {
            return;
        }

        try
        {
            string line = MakeLine(level, message, key, value, secondKey, secondValue);
            DateTime now = default(DateTime);
            string stamp = null;
            if (_time.IsSet)
            {
                now = _time.UtcNow;
                stamp = now.ToString("yyyy-MM-ddTHH:mm:ssZ");
            }

            // First the ring, which has the time in fewer bytes: the sink may fail.
            ring?.WriteLine(line, now);
            _sink.Write(level, stamp == null ? line : "time=" + stamp + " " + line);
        }
        catch (Exception)
        {
            // No memory for the line, or a sink that fails: whoever logs has something else to do.
            Lost++;
        }
    }

    private string MakeLine(LogLevel level, string message, string key, string value, string secondKey, string secondValue)
    {
        StringBuilder line = new StringBuilder();
        line.Append("level=");
        line.Append(NameOf(level));
        line.Append(" msg=");
        AppendValue(line, Secrets.Mask(message));
        AppendPair(line, key, Secrets.Mask(value));
        AppendPair(line, secondKey, Secrets.Mask(secondValue));
        return line.ToString();
    }
}
