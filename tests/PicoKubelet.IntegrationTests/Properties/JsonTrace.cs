using System.Globalization;
using System.Text;
using System.Text.Json;
using PicoKubelet.Json;
using JsonException = PicoKubelet.Json.JsonException;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>A document's tokens as text, by the firmware's reader and by .NET's; null when it is refused.</summary>
internal static class JsonTrace
{
    public static string? Firmware(byte[] document, int pieceSize, int blockSize)
    {
        JsonReader reader = new(blockSize, document.Length);
        reader.Reset(new JsonPieces(document, pieceSize));
        StringBuilder trace = new();
        try
        {
            while (reader.Read() != JsonToken.End)
            {
                trace.Append(reader.Token).Append(' ').Append(reader.GetString());
                if (reader.Token == JsonToken.Number && reader.TryGetInt64(out long number))
                {
                    trace.Append(CultureInfo.InvariantCulture, $" = {number}");
                }

                trace.Append('\n');
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return trace.ToString();
    }

    /// <summary>
    /// What <see cref="Utf8JsonReader"/> says, but for the differences that are meant: it refuses a byte order mark, looks at
    /// a string's UTF-8 and surrogates only when the string is fetched, and keeps U+0000.
    /// </summary>
    public static string? DotNet(byte[] document)
    {
        ReadOnlySpan<byte> text = document;
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            return null;
        }

        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = 64 });
        StringBuilder trace = new();
        try
        {
            while (reader.Read())
            {
                trace.Append(Name(reader.TokenType)).Append(' ');
                Describe(ref reader, trace);
                trace.Append('\n');
            }
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }

        return trace.ToString();
    }

    private static void Describe(ref Utf8JsonReader reader, StringBuilder trace)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
            case JsonTokenType.String:
                trace.Append(Decode(Encoding.UTF8.GetString(reader.ValueSpan)));
                break;
            case JsonTokenType.Number:
                trace.Append(Encoding.UTF8.GetString(reader.ValueSpan));
                if (reader.TryGetInt64(out long number))
                {
                    trace.Append(CultureInfo.InvariantCulture, $" = {number}");
                }

                break;
        }
    }

    private static JsonToken Name(JsonTokenType type)
    {
        return type switch
        {
            JsonTokenType.StartObject => JsonToken.BeginObject,
            JsonTokenType.EndObject => JsonToken.EndObject,
            JsonTokenType.StartArray => JsonToken.BeginArray,
            JsonTokenType.EndArray => JsonToken.EndArray,
            JsonTokenType.PropertyName => JsonToken.Name,
            JsonTokenType.String => JsonToken.String,
            JsonTokenType.Number => JsonToken.Number,
            JsonTokenType.True => JsonToken.True,
            JsonTokenType.False => JsonToken.False,
            JsonTokenType.Null => JsonToken.Null,
            _ => JsonToken.None,
        };
    }

    /// <summary>Takes the escapes out of a well-formed string.</summary>
    private static string Decode(string escaped)
    {
        StringBuilder text = new();
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            char letter = escaped[++i];
            if (letter == 'u')
            {
                text.Append((char)Convert.ToInt32(escaped.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                int simple = "bfnrt".IndexOf(letter);
                text.Append(simple < 0 ? letter : "\b\f\n\r\t"[simple]);
            }
        }

        return Representable(text.ToString());
    }

    /// <summary>The text as the device can hold it: U+FFFD for lone surrogates and NULs.</summary>
    public static string Representable(string text)
    {
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }
}
