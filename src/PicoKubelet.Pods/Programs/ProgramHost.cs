using System;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>What one run of a program knows of the world: clock, chance, its log, its pins, and whether it is to end.</summary>
internal sealed class ProgramHost : IWasiHost
{
    private const long NanosecondsPerMillisecond = 1000000;
    private const long NanosecondsPerTick = 100;

    public ProgramHost(ProgramContext context, LogRing log, PinClaim pins)
    {
        Context = context;
        Log = log;
        Pins = pins;
    }

    public ProgramContext Context { get; }

    public LogRing Log { get; }

    /// <summary>Gets the pins of the container's limits, or null where it has none.</summary>
    public PinClaim Pins { get; }

    /// <summary>Gets or sets whether the program is to end.</summary>
    public bool IsStopRequested { get; set; }

    /// <summary>Gets or sets whether the program has switched the LED.</summary>
    public bool UsedLed { get; set; }

    /// <inheritdoc/>
    public long Nanoseconds(int clock)
    {
        if (clock != 0)
        {
            return Context.Clock.Milliseconds * NanosecondsPerMillisecond;
        }

        return Context.Time.IsSet ? (Context.Time.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick : 0;
    }

    /// <inheritdoc/>
    public void Random(byte[] buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            buffer[i] = (byte)Context.Random.Next(256);
        }
    }

    /// <inheritdoc/>
    public void Write(int descriptor, byte[] buffer, int count)
    {
        Log.Write(buffer, count, Context.UtcNow);
    }
}
