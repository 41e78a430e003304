using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace PicoKubelet.Bench.Reporting;

/// <summary>Says what a program is doing: one line that changes on a terminal, a line now and then elsewhere.</summary>
internal sealed class Progress
{
    // In a pipe or a file, where lines stay.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Action<string> _show;
    private readonly TimeSpan _pause;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.Zero;

    private Progress(Action<string> show, TimeSpan pause)
    {
        _show = show;
        _pause = pause;
    }

    /// <summary>Gets one that says nothing.</summary>
    public static Progress None { get; } = new(_ => { }, TimeSpan.Zero);

    /// <summary>Makes one for a terminal.</summary>
    /// <param name="context">The terminal's status line.</param>
    public static Progress On(StatusContext context) => new(text => context.Status(Markup.Escape(text)), TimeSpan.Zero);

    /// <summary>Makes one that writes plain lines, how far it is each five seconds at most.</summary>
    /// <param name="writer">Where they go.</param>
    public static Progress On(TextWriter writer) => new(writer.WriteLine, Pause);

    /// <summary>Says that the program begins something.</summary>
    public void Phase(FormattableString what)
    {
        _next = TimeSpan.Zero;
        Say(what);
    }

    /// <summary>Says how far the program is with it.</summary>
    public void Say(FormattableString what)
    {
        TimeSpan now = _watch.Elapsed;
        if (now < _next)
        {
            return;
        }

        _next = now + _pause;
        _show(string.Create(CultureInfo.InvariantCulture, $"{now.TotalSeconds:F0} s: ") + what.ToString(CultureInfo.InvariantCulture));
    }
}
