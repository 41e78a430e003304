using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>A board's token.</summary>
/// <param name="Value">The token. Never shown.</param>
/// <param name="Expires">When it is worth nothing any more; null for never.</param>
internal sealed record BoardToken(string Value, DateTimeOffset? Expires)
{
    // A little of what was asked for is lost on the way; more means that the cluster shortened it.
    private const double ShortenedShare = 0.9;

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
            JsonObject? claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject;
            return claims?["exp"] is JsonValue exp && exp.TryGetValue(out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Finds whether the cluster made the token hold for less than was asked for.</summary>
    /// <param name="asked">The duration that was asked for, as kubectl takes it.</param>
    /// <param name="now">When it was asked for.</param>
    public bool IsShorterThan(string asked, DateTimeOffset now)
    {
        return Expires is { } expires && GoDuration.TryParse(asked, out TimeSpan duration) && expires - now < duration * ShortenedShare;
    }

    // A record's own would show the token.
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"token until {Expires?.ToString("u") ?? "deleted"}";
    }
}
