using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Outputs;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The LED, and the pins that were set since the start with who set each last.</summary>
internal sealed class PinsEndpoint : IEndpoint
{
    // Of who holds a pin.
    private const int MaxOwnerChars = 64;

    // A pin, with such an owner, and the document's end.
    private const int MaxPinBytes = 192;

    private readonly BoardOutputs _outputs;

    public PinsEndpoint(BoardOutputs outputs)
    {
        _outputs = outputs;
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
        json.EndObject();
        answer.End();
    }

    private static string Bounded(string owner)
    {
        return owner != null && owner.Length > MaxOwnerChars ? owner.Substring(0, MaxOwnerChars) : owner;
    }
}
