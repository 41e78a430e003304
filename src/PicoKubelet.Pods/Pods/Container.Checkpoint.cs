using PicoKubelet.Programs;

namespace PicoKubelet.Pods;

// What its program has come to, kept over a reboot.
public sealed partial class Container
{
    /// <summary>Gets the run that is under way, or null.</summary>
    internal ProgramRun Run => _run;

    /// <summary>Gets or sets what its first run is to go on from, or null.</summary>
    internal Checkpoint Checkpoint { get; set; }
}
