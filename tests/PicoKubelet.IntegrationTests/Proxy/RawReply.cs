using System.Globalization;
using System.Text.Json.Nodes;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>An answer as it came.</summary>
/// <param name="Text">Its head and body.</param>
internal sealed record RawReply(string Text)
{
    /// <summary>Gets the status code, or 0 where there is no answer.</summary>
    public int Status => Text.Length > 12 && int.TryParse(Text.AsSpan(9, 3), CultureInfo.InvariantCulture, out int status) ? status : 0;

    /// <summary>Gets the head's lines after the first.</summary>
    public string[] Headers => Text[..BodyStart].Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];

    /// <summary>Gets the body.</summary>
    public string Body => Text[BodyStart..];

    /// <summary>Gets the body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    private int BodyStart => Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0 ? end + 4 : Text.Length;
}
