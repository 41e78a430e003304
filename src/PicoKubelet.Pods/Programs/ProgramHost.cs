using System;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>What one run of a program knows of the world: clock, chance, its log, its devices, and whether it is to end.</summary>
internal sealed partial class ProgramHost : IWasiHost, IWasiFiles
{
    private const long NanosecondsPerMillisecond = 1000000;
    private const long NanosecondsPerTick = 100;

    public ProgramHost(ProgramContext context, IProgramOwner owner, LogRing log, ProgramDevices devices)
    {
        Context = context;
        Owner = owner;
        Log = log;
        Devices = devices;
    }

    public ProgramContext Context { get; }

    /// <summary>Gets the container, or what stands for one.</summary>
    public IProgramOwner Owner { get; }

    public LogRing Log { get; }

    /// <summary>Gets what the container's limits name, or null where they name nothing of the board.</summary>
    public ProgramDevices Devices { get; }

    /// <summary>Gets or sets whether the program is to end.</summary>
    public bool IsStopRequested { get; set; }

    /// <summary>Gets or sets how the program has switched the LED: 0 not at all, 1 off, 2 on.</summary>
    public int Led { get; private set; }

    /// <summary>Gets how far the program's own clock is ahead of the board's, milliseconds: it goes on where it stood before a reboot.</summary>
    public long Ahead { get; private set; }

    /// <summary>Gets the program's own clock, which never goes back, milliseconds.</summary>
    public long Milliseconds => Context.Clock.Milliseconds + Ahead;

    /// <summary>Switches the LED: 0, or an error.</summary>
    public int SwitchLed(bool isOn)
    {
        if (!Context.Outputs.Led.IsPresent)
        {
            return PicoModule.NoSuchFunction;
        }

        try
        {
            Led = isOn ? 2 : 1;
            Context.Outputs.Led.Show(isOn ? LedDisplay.On : LedDisplay.Off);
            return 0;
        }
        catch (Exception)
        {
            return PicoModule.InputOutput;
        }
    }

    /// <inheritdoc/>
    public long Nanoseconds(int clock)
    {
        if (clock != 0)
        {
            return Milliseconds * NanosecondsPerMillisecond;
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

    /// <summary>Writes what of the board is as the program left it, or makes it so again.</summary>
    public void Pass(Checkpoint state, long now)
    {
        // The program's clock goes on from where it stood.
        long clock = state.Wide(now + Ahead);
        byte[] line = new byte[LogRing.MaxLineBytes];
        int length = state.Narrow(Log.CopyOpenLine(line));
        for (int i = 0; i < length && i < line.Length; i++)
        {
            line[i] = (byte)state.Narrow(line[i]);
        }

        if (state.HasFailed)
        {
            return;
        }

        Ahead = clock - now;
        if (state.IsReading)
        {
            Log.Write(line, length, Context.UtcNow);
        }

        ProgramReports.Pass(state, Owner);
        Led = state.Narrow(Led);
        if (state.IsReading && Led != 0)
        {
            SwitchLed(Led > 1);
        }

        if (Devices != null)
        {
            Devices.Pass(state);
        }
    }
}
