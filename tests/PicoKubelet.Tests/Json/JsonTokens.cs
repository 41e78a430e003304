using System.Text;
using PicoKubelet.Json;

namespace PicoKubelet.Tests.Json;

/// <summary>A document's tokens as one line of text, to compare with.</summary>
internal static class JsonTokens
{
    public static string Of(JsonReader reader)
    {
        StringBuilder tokens = new StringBuilder();
        while (reader.Read() != JsonToken.End)
        {
            if (tokens.Length > 0)
            {
                tokens.Append(' ');
            }

            tokens.Append(Current(reader));
        }

        return tokens.ToString();
    }

    private static string Current(JsonReader reader)
    {
        string rest = reader.IsTruncated ? "..." : "";
        switch (reader.Token)
        {
            case JsonToken.BeginObject:
                return "{";
            case JsonToken.EndObject:
                return "}";
            case JsonToken.BeginArray:
                return "[";
            case JsonToken.EndArray:
                return "]";
            case JsonToken.Name:
                return reader.GetString() + rest + ":";
            case JsonToken.String:
                return "'" + reader.GetString() + rest + "'";
            case JsonToken.Number:
                return reader.GetString() + rest;
            case JsonToken.True:
                return "true";
            case JsonToken.False:
                return "false";
            case JsonToken.Null:
                return "null";
            default:
                return "?";
        }
    }
}
