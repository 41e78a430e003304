using System.Text;
using System.Text.RegularExpressions;
using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Adapters;
using Spectre.Console;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>Turns a logfmt line into markup: the time of day, a coloured level, the message, and the rest more quietly.</summary>
internal static partial class LogMarkup
{
    public static string Format(LogLine line)
    {
        string time = "        ";
        string message = line.Text;
        var rest = new StringBuilder();
        foreach (Match pair in Pair().Matches(line.Text))
        {
            string value = pair.Groups["value"].Value;
            switch (pair.Groups["key"].Value)
            {
                case "time":
                    time = TimeOfDay(value);
                    break;
                case "level":
                    break;
                case "msg":
                    message = Unquote(value);
                    break;
                default:
                    rest.Append($" [grey]{Markup.Escape(pair.Groups["key"].Value)}=[/]{Markup.Escape(value)}");
                    break;
            }
        }

        return $"[grey]{Markup.Escape(time)}[/] {LevelOf(line.Level)} {Markup.Escape(message)}{rest}";
    }

    private static string LevelOf(LogLevel level)
    {
        return level switch
        {
            LogLevel.Debug => "[grey]debug[/]",
            LogLevel.Info => "[green]info [/]",
            LogLevel.Warning => "[yellow]warn [/]",
            _ => "[red]error[/]",
        };
    }

    // 2026-01-23T10:30:00Z
    private static string TimeOfDay(string time)
    {
        return time.Length >= 19 ? time[11..19] : time;
    }

    private static string Unquote(string value)
    {
        return value.Length >= 2 && value[0] == '"' ? value[1..^1].Replace("\\\"", "\"").Replace("\\\\", "\\") : value;
    }

    [GeneratedRegex("""(?<key>[^\s=]+)=(?<value>"(?:[^"\\]|\\.)*"|\S*)""")]
    private static partial Regex Pair();
}
