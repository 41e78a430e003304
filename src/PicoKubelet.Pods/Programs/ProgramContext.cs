using System;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Time;

namespace PicoKubelet.Programs;

/// <summary>What of the board programs can reach, the same for all of them.</summary>
public sealed class ProgramContext
{
    /// <summary>Gets or sets the monotonic clock.</summary>
    public IClock Clock { get; set; }

    /// <summary>Gets or sets the time of day.</summary>
    public TimeKeeper Time { get; set; }

    /// <summary>Gets or sets pins and LED.</summary>
    public BoardOutputs Outputs { get; set; }

    /// <summary>Gets or sets the memory cells.</summary>
    public MemoryCells Cells { get; set; }

    /// <summary>Gets or sets where random numbers come from.</summary>
    public Random Random { get; set; }

    /// <summary>Gets the time of day, or the default value while there is none.</summary>
    public DateTime UtcNow => Time.IsSet ? Time.UtcNow : default(DateTime);
}
