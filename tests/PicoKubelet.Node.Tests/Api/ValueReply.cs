using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Tests.Api;

/// <summary>Keeps the member "value" of a reply.</summary>
internal sealed class ValueReply : IReplyReader
{
    public string Value { get; private set; }

    public int Reads { get; private set; }

    public void Read(JsonReader json)
    {
        Reads++;
        Value = null;
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("value"))
            {
                Value = json.ReadString(100);
            }
        }
    }
}
