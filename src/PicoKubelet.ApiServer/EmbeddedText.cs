namespace PicoKubelet.ApiServer;

/// <summary>Reads the tables that are part of the assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of a table, without comments and empty lines.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
