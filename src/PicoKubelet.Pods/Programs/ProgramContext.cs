using System;
using PicoKubelet.Hardware;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Time;

namespace PicoKubelet.Programs;

/// <summary>What of the board programs can reach, the same for all of them.</summary>
public sealed class ProgramContext
{
    /// <summary>Gets or sets the board, whose heap they share.</summary>
    public IBoard Board { get; set; }

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

    /// <summary>Gets what of the heap programs may take now: beyond it the node would be under MemoryPressure. Runs a collection.</summary>
    /// <returns>Bytes; negative where there is too little already.</returns>
    public long GetRoom()
    {
        return Board.GetFreeHeap() - (Board.GetTotalHeap() / NodeFacts.PressureShare);
    }
}
