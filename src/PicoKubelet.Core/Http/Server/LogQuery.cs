using System;
using PicoKubelet.Time;

namespace PicoKubelet.Http.Server;

/// <summary>What somebody wants of a log (core/v1 PodLogOptions).</summary>
public sealed class LogQuery
{
    /// <summary>Reads the query.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="RequestException">A parameter is no number or no time.</exception>
    public LogQuery(ServerRequest request)
    {
        TailLines = ReadNumber(request, "tailLines");
        SinceSeconds = ReadNumber(request, "sinceSeconds");
        LimitBytes = ReadNumber(request, "limitBytes");
        HasTimestamps = request.IsSet("timestamps");
        Follows = request.IsSet("follow");
        string since = request.Parameter("sinceTime");
        if (since != null)
        {
            if (!Timestamp.TryParse(since, out DateTime time))
            {
                throw new RequestException(HttpStatus.BadRequest, "sinceTime: must be a time such as 2026-01-23T10:30:00Z");
            }

            SinceTicks = time.Ticks;
        }
    }

    /// <summary>Gets how many of the last lines, or -1 for all.</summary>
    public int TailLines { get; }

    /// <summary>Gets how many of the last seconds, or -1 for all.</summary>
    public int SinceSeconds { get; }

    /// <summary>Gets the time from which on, in ticks, or 0.</summary>
    public long SinceTicks { get; }

    /// <summary>Gets how many bytes at most, or -1.</summary>
    public int LimitBytes { get; }

    /// <summary>Gets whether each line begins with its time.</summary>
    public bool HasTimestamps { get; }

    /// <summary>Gets whether what comes is to follow.</summary>
    public bool Follows { get; }

    private static int ReadNumber(ServerRequest request, string name)
    {
        string text = request.Parameter(name);
        if (text == null)
        {
            return -1;
        }

        if (!int.TryParse(text, out int number) || number < 0)
        {
            throw new RequestException(HttpStatus.BadRequest, name + ": must be a number, not negative");
        }

        return number;
    }
}
