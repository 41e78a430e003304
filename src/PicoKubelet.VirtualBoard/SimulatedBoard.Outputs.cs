namespace PicoKubelet.VirtualBoard;

// What there is to see of a board: its pins, its LED and its pods.
public sealed partial class SimulatedBoard
{
    private const int PinCount = 64;

    /// <summary>Gets whether the board's LED is on.</summary>
    public bool IsLedOn => _pins.IsLedOn;

    /// <summary>Gets or sets whether somebody holds the board's button.</summary>
    public bool ButtonHeld
    {
        get => _pins.IsButtonHeld;
        set => _pins.IsButtonHeld = value;
    }

    /// <summary>Gets the outputs that are high, those of pulses with their duty, and the LED where it is on, in words.</summary>
    public string Outputs => string.Join(' ', Enumerable.Range(0, PinCount).Where(_pins.IsHigh).Select(pin => pin.ToString())
        .Concat(_peripherals.Pulses is { Length: > 0 } pulses ? [pulses] : []).Concat(_pins.IsLedOn ? ["LED"] : []));

    /// <summary>Gets the pods that the board has: namespace, name and phase of each.</summary>
    public IReadOnlyList<string> Pods
    {
        get
        {
            if (!_isRunning || _pods.Table is not { } table)
            {
                return [];
            }

            lock (table.Gate)
            {
                return [.. Enumerable.Range(0, table.Count).Select(table.Get).Select(pod => $"{pod.Spec.Namespace}/{pod.Spec.Name} {pod.Phase}")];
            }
        }
    }

    /// <summary>Gets whether an output is high.</summary>
    /// <param name="pin">The pin's number, 0 to 63.</param>
    /// <returns>Whether it was set to high.</returns>
    public bool IsPinHigh(int pin)
    {
        return _pins.IsHigh(pin);
    }
}
