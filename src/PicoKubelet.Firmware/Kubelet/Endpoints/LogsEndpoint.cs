using System;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>
/// The board's own log: a listing and its files, as the kubelet serves those of its host. What may be asked of a container's log
/// may be asked of these too.
/// </summary>
internal sealed class LogsEndpoint : IEndpoint
{
    private const string Current = "board.log";
    private const string Previous = "previous.log";

    // What Go's file server says, which the kubelet's is.
    private const string HtmlType = "text/html; charset=utf-8";

    private readonly LogRing _log;
    private readonly LogFile _lastLines;
    private readonly TimeKeeper _time;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="log">The log's last lines.</param>
    /// <param name="lastLines">Those that were kept over the last reboot.</param>
    /// <param name="time">The time of day.</param>
    public LogsEndpoint(LogRing log, LogFile lastLines, TimeKeeper time)
    {
        _log = log;
        _lastLines = lastLines;
        _time = time;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        string name = request.Segment(1);
        if (name == null || name.Length == 0)
        {
            List(answer);
            return;
        }

        bool isCurrent = name == Current;
        LogRing log = request.Segment(2) != null ? null : isCurrent ? _log : name == Previous ? _lastLines.Load() : null;
        if (log == null)
        {
            answer.Error(HttpStatus.NotFound, "not found");
            return;
        }

        LogQuery query = new LogQuery(request);
        answer.Begin(HttpStatus.Ok, ServerAnswer.TextType);
        LogCopy copy = new LogCopy(log, query, _time.IsSet ? _time.UtcNow : default(DateTime), true);
        copy.Write(answer);
        while (query.Follows && isCurrent && copy.AwaitMore(answer))
        {
            copy.Write(answer);
        }

        answer.End();
    }

    private void List(ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, HtmlType);
        answer.Text.Write("<pre>\n");
        WriteLink(answer, Current);
        if (_lastLines.Load() != null)
        {
            WriteLink(answer, Previous);
        }

        answer.Text.Write("</pre>\n");
        answer.End();
    }

    private static void WriteLink(ServerAnswer answer, string name)
    {
        answer.Text.Write("<a href=\"");
        answer.Text.Write(name);
        answer.Text.Write("\">");
        answer.Text.Write(name);
        answer.Text.Write("</a>\n");
    }
}
