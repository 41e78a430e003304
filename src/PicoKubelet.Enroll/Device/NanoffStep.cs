namespace PicoKubelet.Enroll.Device;

/// <summary>A step to a board that runs the firmware.</summary>
internal sealed class NanoffStep
{
    public NanoffStep(string what, params string[] commands)
    {
        What = what;
        Commands = commands;
    }

    /// <summary>Gets what it does.</summary>
    public string What { get; }

    /// <summary>Gets what the user types.</summary>
    public IReadOnlyList<string> Commands { get; }
}
