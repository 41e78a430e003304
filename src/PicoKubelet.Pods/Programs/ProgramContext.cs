using System;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;
using PicoKubelet.Wiring;

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

    /// <summary>Gets or sets what the chip has besides its pins, or null where there is nothing.</summary>
    public IPeripherals Peripherals { get; set; }

    /// <summary>Gets or sets what looks at inputs and has the I2C buses.</summary>
    public IWired Wired { get; set; }

    /// <summary>Gets or sets what of the board pods may ask for, or null for nothing.</summary>
    public ExtendedResources Offered { get; set; }

    /// <summary>Gets or sets the loop that runs the programs, to be woken by what they wait for; or null.</summary>
    public Loop Workloads { get; set; }

    /// <summary>Gets or sets the memory cells.</summary>
    public MemoryCells Cells { get; set; }

    /// <summary>Gets or sets the configuration in force.</summary>
    public ConfigurationValues Configuration { get; set; }

    /// <summary>Gets or sets what tells Events.</summary>
    public EventRecorder Events { get; set; }

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
