using System;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Programs;

/// <summary>
/// What of the board a container has for itself by its limits, from its first start to its end: pins, analog channels, I2C addresses. What its
/// program does with them ends with each run. For the thread that runs it alone; errors are those of <see cref="PicoModule"/>.
/// </summary>
public sealed partial class ProgramDevices
{
    private readonly ProgramContext _context;
    private readonly ExtendedResources _resources;
    private PinClaim _pins;
    private I2cClaim[] _addresses;
    private WatchedPin[] _watched;
    private ulong _pulsing;

    // Of pins that send pulses; null before the first does.
    private int[] _frequencies;
    private int[] _duties;

    private ProgramDevices(ProgramContext context, ExtendedResources resources)
    {
        _context = context;
        _resources = resources;
    }

    /// <summary>Gets or sets the pin whose edge the program waits for, or null.</summary>
    internal WatchedPin Awaited { get; set; }

    /// <summary>Gets or sets until when it waits, in the engine's unit.</summary>
    internal long AwaitedUntil { get; set; }

    /// <summary>Gets whether the edge that the program waits for is there.</summary>
    internal bool HasAwaited => Awaited != null && Awaited.Edges != Awaited.SeenEdges;

    /// <summary>Takes what a container's limits name.</summary>
    /// <param name="context">What programs can reach.</param>
    /// <param name="resources">What the limits name.</param>
    /// <param name="holder">Whose it is, for people.</param>
    /// <returns>What it has.</returns>
    /// <exception cref="InvalidOperationException">The board does not have it, or it is somebody else's.</exception>
    public static ProgramDevices Claim(ProgramContext context, ExtendedResources resources, string holder)
    {
        ProgramDevices devices = new ProgramDevices(context, resources);
        try
        {
            devices.Claim(holder);
            return devices;
        }
        catch (Exception)
        {
            devices.Release();
            throw;
        }
    }

    /// <summary>Gives everything back. A second call does nothing.</summary>
    public void Release()
    {
        Reset();
        for (int i = 0; _addresses != null && i < _addresses.Length; i++)
        {
            _addresses[i]?.Release();
        }

        _pins?.Release();
    }

    /// <summary>Ends what a run began: nobody looks at its pins any more, and none of them sends pulses.</summary>
    internal void Reset()
    {
        Awaited = null;
        for (int i = 0; _watched != null && i < _watched.Length; i++)
        {
            if (_watched[i] != null)
            {
                _context.Wired.Unwatch(_watched[i]);
                _watched[i] = null;
            }
        }

        for (int pin = 0; _pulsing != 0 && pin < BoardPins.Count; pin++)
        {
            try
            {
                EndPulses(pin);
            }
            catch (Exception)
            {
                // The others are to end all the same.
            }
        }
    }

    private void Claim(string holder)
    {
        ulong pins = _resources.Pins;
        int addresses = 0;
        for (int i = ExtendedResources.Analog; i < ExtendedResources.I2c; i++)
        {
            if (_resources.Has(i))
            {
                pins |= 1UL << _context.Peripherals.AnalogPin(i - ExtendedResources.Analog);
            }
        }

        _pins = pins == 0 ? null : PinClaim.Take(_context.Outputs.Pins, pins, holder);
        for (int i = ExtendedResources.I2c; i < ExtendedResources.End; i++)
        {
            if (_resources.Has(i))
            {
                _addresses ??= new I2cClaim[ExtendedResources.MaxI2c];
                _addresses[addresses++] = _context.Wired.Buses.Claim(I2cSpec.FirstBus, i - ExtendedResources.I2c, holder);
            }
        }
    }
}
