using PicoKubelet.Inputs;
using PicoKubelet.VirtualBoard.Adapters;
using PicoKubelet.Wiring;

namespace PicoKubelet.VirtualBoard;

// What is wired to a board: levels and values that a person or a file moves.
public sealed partial class SimulatedBoard
{
    private const double Millionths = 1e6;

    private readonly SimulatedPeripherals _peripherals;

    /// <summary>Gets what is wired to the board, in words: digital inputs with the key that moves each, and what sensors measured.</summary>
    public string Inputs => string.Join(
        ' ',
        DigitalInputs.Select(input => $"{input.Spec.Name}={(input.IsOn ? "on" : "off")}")
            .Concat(InputsOfPods.Select(pin => $"GPIO{pin}={(_pins.IsInputHigh(pin) ? "high" : "low")}"))
            .Select((input, index) => $"{index + 1}:{input}")
            .Concat(Sensors.Select(Describe)));

    // Inputs of pods have no names: those of the configuration come first.
    private IEnumerable<int> InputsOfPods => _isRunning ? _pins.Inputs.Except(DigitalInputs.Select(input => input.Pin)) : [];

    private IEnumerable<DigitalInput> DigitalInputs => PartsOf(WiredKind.Input).OfType<DigitalInput>();

    private IEnumerable<Sensor> Sensors => PartsOf(WiredKind.Analog).Concat(PartsOf(WiredKind.I2c)).OfType<Sensor>();

    /// <summary>Drives a pin from outside, as a switch or a sensor that is wired to it does.</summary>
    /// <param name="pin">The pin's number, 0 to 63.</param>
    /// <param name="isHigh">Whether it is high, or null to let it float.</param>
    public void DrivePin(int pin, bool? isHigh)
    {
        _pins.Drive(pin, isHigh);
    }

    /// <summary>Moves what is wired to a digital input to its other side.</summary>
    /// <param name="index">Which of the inputs in use, from 0; one that there is not does nothing.</param>
    public void FlipInput(int index)
    {
        IReadOnlyList<DigitalInput> inputs = [.. DigitalInputs];
        if (index < inputs.Count)
        {
            InputSpec input = (InputSpec)inputs[index].Spec;
            _pins.Drive(input.Pin, !_pins.Read(input.Pin, input.Pull));
        }
        else if (InputsOfPods.Skip(index - inputs.Count).Take(1).ToArray() is [int pin])
        {
            _pins.Drive(pin, !_pins.IsInputHigh(pin));
        }
    }

    /// <summary>Sets what the board's converter reads.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="value">The converter's number, 0 to 4095 with 12 bits.</param>
    public void SetAnalog(int channel, int value)
    {
        _peripherals.SetAnalog(channel, value);
    }

    /// <summary>Wires a device to the board's I2C buses.</summary>
    /// <param name="address">The device's address.</param>
    /// <param name="answer">What it answers whenever it is read, or null to take it away.</param>
    public void SetI2c(int address, byte[]? answer)
    {
        _peripherals.SetI2c(address, answer);
    }

    private static string Describe(Sensor sensor)
    {
        return sensor.HasValue ? $"{sensor.Spec.Name}={sensor.Value / Millionths:0.###} {sensor.Quantity.Unit}" : $"{sensor.Spec.Name}=?";
    }

    private IEnumerable<WiredPart> PartsOf(WiredKind kind)
    {
        int index = 0;
        while (_isRunning && _firmware.Inputs?.Next(kind, ref index) is { } part)
        {
            yield return part;
        }
    }
}
