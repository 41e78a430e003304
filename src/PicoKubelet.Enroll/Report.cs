using PicoKubelet.Enroll.Device;
using Spectre.Console;

namespace PicoKubelet.Enroll;

/// <summary>Says what was done and what is left to do. Commands are not wrapped: they are there to be copied.</summary>
/// <param name="console">Where.</param>
internal sealed class Report(IAnsiConsole console)
{
    /// <summary>Says what was done.</summary>
    public void Done(string what)
    {
        Write("[green]done[/]", what);
    }

    /// <summary>Says what is to be known.</summary>
    public void Warning(string what)
    {
        Write("[yellow]note[/]", what);
    }

    /// <summary>Lists what is left to do.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="name">The Node's name.</param>
    public void Steps(IReadOnlyList<NanoffStep> steps, string name)
    {
        foreach (NanoffStep step in steps)
        {
            Line($"\n# {step.What}");
            foreach (string command in step.Commands)
            {
                Line(command);
            }
        }

        Line("\n# it joins by itself");
        Line($"kubectl get node {name} --watch");
    }

    private void Write(string mark, string what)
    {
        console.Markup(mark + "  ");
        Line(what);
    }

    private void Line(string text)
    {
        console.Profile.Out.Writer.WriteLine(text);
    }
}
