using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Tests.Support;

/// <summary>A reply of the server.</summary>
internal sealed record Reply(int Code, string Text, HttpResponseMessage Message)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The text at a path like "metadata.name"; null when there is none.</summary>
    public string? this[string path]
    {
        get
        {
            JsonNode? node = Json;
            foreach (var name in path.Split('.'))
            {
                node = node is JsonArray list ? list[int.Parse(name)] : node?[name];
            }
            return node?.ToString();
        }
    }

    /// <summary>The same reply, once it has been checked that the request went well.</summary>
    public Reply Ok()
    {
        Assert.IsTrue(Code is 200 or 201, $"{Code}: {Text}");
        return this;
    }
}
