using PicoKubelet.Hardware;

namespace PicoKubelet.Outputs;

/// <summary>
/// The one owner of the board's LED and pins, whoever asks for them: the configuration through <see cref="IOutputs"/>, a command,
/// the status, a pod. Nobody else writes to <see cref="IPins"/> while the node runs.
/// </summary>
public sealed class BoardOutputs : IOutputs
{
    /// <summary>Initializes the outputs; nothing is touched.</summary>
    /// <param name="pins">The board's pins, or null where there are none.</param>
    public BoardOutputs(IPins pins)
    {
        Led = new BoardLed(pins);
        Pins = new BoardPins(pins);
    }

    /// <summary>Gets the LED.</summary>
    public BoardLed Led { get; }

    /// <summary>Gets the pins.</summary>
    public BoardPins Pins { get; }

    /// <inheritdoc/>
    public void ShowLed(int display)
    {
        Led.Show(display);
    }

    /// <inheritdoc/>
    public void WritePin(int pin, bool isHigh)
    {
        Pins.Configure(pin, isHigh);
    }

    /// <inheritdoc/>
    public void ReleasePin(int pin)
    {
        Pins.Unconfigure(pin);
    }
}
