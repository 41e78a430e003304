using PicoKubelet.Http.Server;
using PicoKubelet.Inputs;
using PicoKubelet.Json;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The LED, the pins that were set since the start with who set each last, and what is wired to the board.</summary>
internal sealed class PinsEndpoint : IEndpoint
{
    // Of who holds a pin.
    private const int MaxOwnerChars = 64;

    // A pin, with such an owner, and the document's end.
    private const int MaxPinBytes = 192;

    // An input, with the longest name and numbers.
    private const int MaxInputBytes = 192;

    // Values are told in millionths.
    private const int ValueDecimals = 6;

    private readonly BoardOutputs _outputs;
    private readonly BoardInputs _inputs;

    public PinsEndpoint(BoardOutputs outputs, BoardInputs inputs)
    {
        _outputs = outputs;
        _inputs = inputs;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.BeginObject("led");
        json.Property("present", _outputs.Led.IsPresent);
        json.Property("on", _outputs.Led.IsOn);
        json.EndObject();
        json.BeginArray("pins");
        BoardPins pins = _outputs.Pins;
        for (int i = 0; i < BoardPins.Count; i++)
        {
            if (pins.IsOutput(i))
            {
                answer.Checkpoint(MaxPinBytes);
                json.BeginObject();
                json.Property("pin", i);
                json.Property("mode", "output");
                json.Property("level", pins.IsHigh(i) ? "high" : "low");
                json.Property("owner", Bounded(pins.OwnerOf(i)));
                json.EndObject();
            }
        }

        json.EndArray();
        WriteInputs(answer, json);
        WriteSensors(answer, json);
        WritePulses(answer, json);
        json.EndObject();
        answer.End();
    }

    private void WriteInputs(ServerAnswer answer, JsonWriter json)
    {
        json.BeginArray("inputs");
        int index = 0;
        DigitalInput input;
        while ((input = (DigitalInput)_inputs.Next(WiredKind.Input, ref index)) != null)
        {
            answer.Checkpoint(MaxInputBytes);
            json.BeginObject();
            json.Property("name", input.Spec.Name);
            json.Property("pin", input.Pin);
            json.Property("on", input.IsOn);
            json.Property("edges", input.Edges);
            json.Property("errors", input.Errors);
            json.EndObject();
        }

        json.EndArray();
    }

    private void WriteSensors(ServerAnswer answer, JsonWriter json)
    {
        json.BeginArray("sensors");
        int index = 0;
        Sensor sensor;
        while ((sensor = _inputs.NextSensor(ref index)) != null)
        {
            answer.Checkpoint(MaxInputBytes);
            json.BeginObject();
            json.Property("name", sensor.Spec.Name);
            json.Property("source", sensor.Quantity.Source);
            json.Name("value");
            if (sensor.HasValue)
            {
                json.ValueOfDecimal(sensor.Value, ValueDecimals);
            }
            else
            {
                json.Null();
            }

            json.Property("unit", sensor.Quantity.Unit);
            json.Property("errors", sensor.Errors);
            json.EndObject();
        }

        json.EndArray();
    }

    private void WritePulses(ServerAnswer answer, JsonWriter json)
    {
        json.BeginArray("pwm");
        int index = 0;
        PwmOutput pwm;
        while ((pwm = (PwmOutput)_inputs.Next(WiredKind.Pwm, ref index)) != null)
        {
            answer.Checkpoint(MaxInputBytes);
            json.BeginObject();
            json.Property("name", pwm.Spec.Name);
            json.Property("pin", pwm.Pulses.Pin);
            json.Property("frequency_hertz", pwm.Pulses.Frequency);
            json.Name("duty_percent");
            json.ValueOfDecimal(pwm.Pulses.Duty, 1);
            json.EndObject();
        }

        json.EndArray();
    }

    private static string Bounded(string owner)
    {
        return owner != null && owner.Length > MaxOwnerChars ? owner.Substring(0, MaxOwnerChars) : owner;
    }
}
