using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Outputs;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The memory cells that are not zero, each as the ConfigMap writes it: <c>"0":"0x42"</c>.</summary>
internal sealed class MemoryEndpoint : IEndpoint
{
    // ,"1023":"0xff" and the document's end.
    private const int MaxCellBytes = 16;

    private readonly MemoryCells _cells;

    public MemoryEndpoint(MemoryCells cells)
    {
        _cells = cells;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.Property("cells", MemoryCells.Count);
        json.Name("values");
        Utf8Writer text = answer.Text;
        text.WriteByte((byte)'{');
        bool isFirst = true;
        for (int i = 0; i < MemoryCells.Count; i++)
        {
            byte value = _cells[i];
            if (value != 0)
            {
                answer.Checkpoint(MaxCellBytes);
                text.Write(isFirst ? "\"" : ",\"");
                text.Write(i);
                text.Write("\":\"0x");
                text.WriteByte(Hex.Digit(value >> 4));
                text.WriteByte(Hex.Digit(value));
                text.WriteByte((byte)'"');
                isFirst = false;
            }
        }

        text.Write("}}");
        answer.End();
    }
}
