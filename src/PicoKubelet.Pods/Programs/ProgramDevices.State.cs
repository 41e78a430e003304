using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

// Kept over a reboot that was asked for.
public sealed partial class ProgramDevices
{
    // How a pin is used: not at all, as an output that is low or high, to count edges, for pulses.
    private const int Unused = 0;
    private const int Low = 1;
    private const int High = 2;
    private const int Counts = 3;
    private const int Pulses = 4;

    /// <summary>Writes how a program uses its pins, which nobody looks at from then on, or has them used so again.</summary>
    internal void Pass(WasmState state)
    {
        for (int pin = 0; pin < BoardPins.Count; pin++)
        {
            if (HasPin(pin))
            {
                Pass(state, pin);
            }
        }

        int awaited = state.Narrow(Awaited == null ? 0 : Awaited.Pin + 1) - 1;
        AwaitedUntil = state.Wide(AwaitedUntil);
        Awaited = awaited < 0 ? null : FindWatched(awaited);
    }

    private void Pass(WasmState state, int pin)
    {
        BoardPins pins = _context.Outputs.Pins;
        bool isPulsing = (_pulsing & (1UL << pin)) != 0;
        int use = FindWatched(pin) != null ? Counts : isPulsing ? Pulses : !pins.IsOutput(pin) ? Unused : pins.IsHigh(pin) ? High : Low;
        use = state.Narrow(use);
        if (use == Counts)
        {
            PassCount(state, pin);
        }
        else if (use == Pulses)
        {
            int frequency = state.Narrow(isPulsing ? _frequencies[PulsePlaceOf(pin)] : 0);
            int duty = state.Narrow(isPulsing ? _duties[PulsePlaceOf(pin)] : 0);
            if (state.IsReading)
            {
                WritePwm(pin, frequency, duty);
            }
        }
        else if (use != Unused && state.IsReading)
        {
            WritePin(pin, use == High);
        }
    }

    private void PassCount(WasmState state, int pin)
    {
        WatchedPin watched = FindWatched(pin);
        bool isThere = watched != null;
        if (isThere)
        {
            // The edges of a file are the same from its first look at them to its last.
            _context.Wired.Unwatch(watched);
        }

        int pull = state.Narrow(!isThere || watched.Pull == PinPull.None ? 0 : watched.Pull == PinPull.Up ? 1 : 2);
        int debounce = state.Narrow(isThere ? watched.Debounce : 0);
        int edges = state.Narrow(isThere ? watched.Edges : 0);
        int seen = state.Narrow(isThere ? watched.SeenEdges : 0);
        if (state.IsReading && WatchPin(pin, pull, debounce) == 0)
        {
            FindWatched(pin).GoOn(edges, seen);
        }
    }
}
