using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Schemas;

/// <summary>
/// Reads JSON into nodes that are complete at once. JsonNode.Parse builds its objects on first use, which two readers
/// of one stored object must not do at the same time; and it refuses a repeated key, where Go takes the last one.
/// </summary>
internal static class JsonReading
{
    /// <summary>The document, or null for the JSON value null.</summary>
    /// <exception cref="JsonException">The bytes are not one JSON value.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var node = Read(ref reader);
        // Anything but white space behind the value throws here.
        reader.Read();
        return node;
    }

    private static JsonNode? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Add(Read(ref reader));
                }
                return array;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var integer) ? JsonValue.Create(integer) : JsonValue.Create(reader.GetDouble());
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            default:
                return null;
        }
    }

    private static JsonObject ReadObject(ref Utf8JsonReader reader)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            result[name] = Read(ref reader);
        }
        return result;
    }
}
