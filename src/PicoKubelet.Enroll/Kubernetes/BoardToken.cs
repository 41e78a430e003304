using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>A board's token.</summary>
/// <param name="Value">The token. Never shown.</param>
/// <param name="Expires">When it is worth nothing any more; null for never.</param>
internal sealed record BoardToken(string Value, DateTimeOffset? Expires)
{
    /// <summary>Reads when a ServiceAccount's token expires.</summary>
    /// <param name="token">The token, a JWT.</param>
    /// <returns>The time of its claim exp; null where it has none, or is no JWT.</returns>
    public static DateTimeOffset? ReadExpiry(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            JsonNode? claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims?["exp"] is JsonValue exp && exp.TryGetValue(out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // A record's own would show the token.
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"token until {Expires?.ToString("u") ?? "deleted"}";
    }
}
