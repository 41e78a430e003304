using PicoKubelet.Json;

namespace PicoKubelet.Images;

/// <summary>Reads what a registry, or its token server, says of a failure.</summary>
internal static class RegistryErrors
{
    private const int MaxCodeBytes = 40;
    private const int MaxMessageBytes = 160;

    /// <summary>Reads the first error of a body.</summary>
    /// <param name="json">Before its first token.</param>
    /// <returns>Its code and words, or null where there are none.</returns>
    public static string Read(JsonReader json)
    {
        string words = null;
        if (json.BeginObjectOrSkip())
        {
            while (json.ReadName())
            {
                if (json.NameIs("errors") && json.BeginArrayOrSkip())
                {
                    words = ReadList(json) ?? words;
                }
                else if (json.NameIs("details") || json.NameIs("error_description"))
                {
                    words = json.ReadString(MaxMessageBytes) ?? words;
                }
            }
        }

        return words;
    }

    private static string ReadList(JsonReader json)
    {
        string words = null;
        while (json.NextElement())
        {
            if (words != null || !json.BeginObjectOrSkip())
            {
                continue;
            }

            string code = null;
            string message = null;
            while (json.ReadName())
            {
                if (json.NameIs("code"))
                {
                    code = json.ReadString(MaxCodeBytes);
                }
                else if (json.NameIs("message"))
                {
                    message = json.ReadString(MaxMessageBytes);
                }
            }

            words = code == null ? message : string.IsNullOrEmpty(message) ? code : code + ": " + message;
        }

        return words;
    }
}
