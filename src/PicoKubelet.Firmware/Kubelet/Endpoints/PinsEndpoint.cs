using PicoKubelet.Io;
using PicoKubelet.Json;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The LED, and the pins that were set since the start.</summary>
internal sealed class PinsEndpoint : IEndpoint
{
    // A pin and the document's end.
    private const int MaxPinBytes = 64;

    private readonly NodeContext _context;

    public PinsEndpoint(NodeContext context)
    {
        _context = context;
    }

    public string Methods => Routes.Reading;

    public void Answer(KubeletRequest request, KubeletAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, KubeletAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.BeginObject("led");
        json.Property("present", _context.Led.IsPresent);
        json.Property("on", _context.Led.IsOn);
        json.EndObject();
        json.BeginArray("pins");
        PinController pins = _context.Pins;
        for (int i = 0; i < PinController.Count; i++)
        {
            if (pins.IsOutput(i))
            {
                answer.Checkpoint(MaxPinBytes);
                json.BeginObject();
                json.Property("pin", i);
                json.Property("mode", "output");
                json.Property("level", pins.IsHigh(i) ? "high" : "low");
                json.EndObject();
            }
        }

        json.EndArray();
        json.EndObject();
        answer.End();
    }
}
