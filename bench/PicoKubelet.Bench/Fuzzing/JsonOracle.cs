using System.Text.Json;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>What .NET says of a JSON document, within the bounds of the firmware's reader: UTF-8, 64 levels, a byte order mark in front.</summary>
internal static class JsonOracle
{
    public static bool IsJson(ReadOnlySpan<byte> document)
    {
        ReadOnlySpan<byte> text = document.StartsWith("\uFEFF"u8) ? document[3..] : document;
        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            return false;
        }

        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
