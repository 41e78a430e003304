using System.Text.Json;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>A script as wast2json wrote it.</summary>
internal sealed class SpecScript
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private SpecScript(string folder, string name, List<SpecCommand> commands)
    {
        Folder = folder;
        Name = name;
        Commands = commands;
    }

    /// <summary>Gets the folder that holds its modules.</summary>
    public string Folder { get; }

    /// <summary>Gets its name, without an ending.</summary>
    public string Name { get; }

    /// <summary>Gets the commands, in order.</summary>
    public List<SpecCommand> Commands { get; }

    /// <summary>Reads a script.</summary>
    /// <returns>The script, or null where the file is JSON of another kind.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static SpecScript? Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("commands", out JsonElement commands))
        {
            return null;
        }

        return new SpecScript(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path), commands.Deserialize<List<SpecCommand>>(Options)!);
    }

    /// <summary>Reads the module that a command names.</summary>
    public byte[] ReadModule(SpecCommand command)
    {
        return File.ReadAllBytes(Path.Combine(Folder, command.Filename!));
    }
}
